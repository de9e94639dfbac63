import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, expect, it } from 'vitest';
import { reportJson } from '../../src/report/json.ts';
import type { Judgement } from '../../src/model/verdict.ts';
import { failed, judgement, samplePlan, verdict } from '../report/samples.ts';
import { PROJECT } from '../support/cases.ts';

const dir = mkdtempSync(join(tmpdir(), 'nights-'));
const history = join(dir, 'kept', 'history.jsonl');
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Compares a run with this report. */
async function compare(
  report: Judgement,
  ...options: string[]
): Promise<{ exitCode: number | undefined; text: string }> {
  writeFileSync(join(dir, 'report.json'), reportJson(report));
  writeFileSync(join(dir, 'plan.json'), JSON.stringify(samplePlan()));
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    [
      '--import',
      'tsx',
      join(PROJECT, 'scripts', 'compare-nights.ts'),
      '--history',
      history,
      ...options,
      dir,
    ],
    { reject: false, cwd: PROJECT },
  );
  return { exitCode, text: stdout + stderr };
}
const good = (i: number, seconds = 0.5): Judgement =>
  judgement([verdict('HighErrorRate', 'slack told', `+${seconds.toFixed(2)} s`)], {
    runId: `2030010${i}-030000-ab12`,
  });
const lines = (): number => readFileSync(history, 'utf8').trim().split('\n').length;

it('learns from good nights, names what got worse and keeps it out, until it is accepted', async () => {
  for (let i = 1; i <= 5; i++) expect(await compare(good(i))).toMatchObject({ exitCode: 0 });
  expect(lines()).toBe(5);
  expect(await compare(good(6, 0.9))).toMatchObject({ exitCode: 0 });
  const slow = await compare(good(7, 1.9));
  expect(slow).toMatchObject({
    exitCode: 1,
    text: expect.stringMatching(/\| HighErrorRate: slack told \| +1\.90 \| +0\.50 \|/) as string,
  });
  expect(lines()).toBe(6);
  expect(await compare(good(7, 1.9), '--accept')).toMatchObject({ exitCode: 0 });
  expect(await compare(good(8, 1.9))).toMatchObject({
    exitCode: 0,
    text: expect.stringContaining('1 figures were measured on fewer than 5 good nights') as string,
  });
}, 60_000);

it("doesn't take a night that failed for a good one", async () => {
  expect(await compare(failed())).toMatchObject({
    exitCode: 2,
    text: expect.stringContaining('its outcome is fail') as string,
  });
});

it("doesn't compare a part with the whole", async () => {
  expect(await compare({ ...good(9), selection: 'alerts' })).toMatchObject({
    exitCode: 2,
    text: expect.stringContaining('proved only a part: alerts') as string,
  });
});

it('refuses what is no report of this version, and says which key', async () => {
  expect(await compare({ ...good(9), schemaVersion: 2 as 3 })).toMatchObject({
    exitCode: 2,
    text: expect.stringContaining('schemaVersion') as string,
  });
});
