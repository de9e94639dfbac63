import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ProofPlan } from '../../src/model/proof-plan.ts';
import { readStack } from '../../src/stack/index.ts';
import { PROJECT } from '../support/cases.ts';
import { proofPlanOf } from './support.ts';

const DIR = join(PROJECT, 'test/stacks/operator');
const FILES = readdirSync(DIR).map((path) => ({
  path,
  text: readFileSync(join(DIR, path), 'utf8'),
}));

/** The plan of a stack of resources alone, some text of it changed. */
function planOf(from = '', to = ''): ProofPlan {
  const stack = readStack(FILES.map(({ path, text }) => ({ path, text: text.replace(from, to) })));
  return proofPlanOf(stack, 10);
}

const jobsOf = ({ tracks }: ProofPlan, name: string): string[] =>
  tracks.find(({ alert }) => alert.name === name)?.series.map(({ job }) => job) ?? [];

it('each monitor becomes the job that the operator makes of it, with its labels', () => {
  const plan = planOf();
  expect(plan.notProvoked).toEqual([]);
  expect(jobsOf(plan, 'OrdersDown')).toEqual(['serviceMonitor/shop/orders/0']);
  expect(jobsOf(plan, 'StorefrontDown')).toEqual(['probe/shop/storefront']);
  expect(new Set(jobsOf(plan, 'WarehouseDiskFull'))).toEqual(
    new Set(['scrapeConfig/shop/warehouse']),
  );
  const [down] = plan.tracks.find(({ alert }) => alert.name === 'OrdersDown')?.series ?? [];
  expect(down?.labels).toMatchObject({
    job: 'orders',
    namespace: 'shop',
    service: 'orders',
    pod: 'orders-0',
    endpoint: 'http-metrics',
  });
  expect(plan.targets.map(({ path, params }) => ({ path, params }))).toEqual(
    expect.arrayContaining([
      { path: '/internal/metrics', params: {} },
      { path: '/probe', params: { module: 'http_2xx', target: 'https://shop.example.com' } },
    ]),
  );
});

it('what no monitor scrapes is scraped elsewhere, and said to be', () => {
  const plan = planOf('jobName: storefront', 'jobName: shopfront');
  expect(jobsOf(plan, 'StorefrontDown')).toEqual(['synthetic']);
  expect(plan.notes.join()).toContain("how it is scraped wasn't judged");
});

it('what a monitor drops can never fire here', () => {
  const [dropped] = planOf('go_gc_.*', 'order_failures_.*').notProvoked;
  expect(dropped).toMatchObject({ alert: { name: 'OrdersFail' }, kind: 'cannot-fire-here' });
  expect(dropped?.source).toMatchObject({ file: 'scraping.yaml' });
});

it('receivers are those of AlertmanagerConfigs, below a root that lies elsewhere', () => {
  const { receivers, notes, files, namesAlertmanager } = planOf();
  expect(namesAlertmanager).toBe(true);
  expect(receivers?.names).toEqual(['told elsewhere', 'chat', 'pager']);
  expect(notes.join()).toContain('AlertmanagerConfigs');
  const text = files.find(({ path }) => path === 'alertmanager/alertmanager.yml')?.text ?? '';
  expect(text).toContain('- namespace="shop"');
  expect(text).toContain('- severity="critical"');
});
