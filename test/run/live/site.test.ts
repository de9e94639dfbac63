import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo, Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Disposal } from '../../../src/lib/disposal.ts';
import type { LiveCurves, LiveState } from '../../../src/model/live.ts';
import { startRemote } from '../../../src/run/inside/live/remote.ts';
import { serveSite } from '../../../src/run/live/site/index.ts';
import { wholeRun } from '../../report/html/input.ts';

const { plan } = wholeRun();
const [provocation] = plan.provocations;
const NAME = provocation?.name.split('/')[0] ?? '';
const NOW = new Date().toISOString();
const disposal = new Disposal();
const own: Server[] = [];

/** Of Prometheus what the page asks for; it refuses a query as Prometheus does. */
const prometheus = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://prometheus');
  const labels = { alertname: NAME, job: '</script>' };
  const answers: Record<string, unknown> = {
    '/api/v1/rules': {
      groups: [{ name: 'g', file: 'f', rules: [{ ...RULE, alerts: [instanceOf(labels)] }] }],
    },
    '/api/v1/targets': { activeTargets: [TARGET] },
    '/api/v1/query_range': {
      result: [
        {
          metric: { ...labels, alertstate: 'firing' },
          values: [[Number(searchParams.get('end')), 'NaN']],
        },
      ],
    },
  };
  const refused = searchParams.get('query') === 'sum(';
  response
    .writeHead(refused ? 400 : 200)
    .end(JSON.stringify(refused ? { error: 'unclosed' } : { data: answers[pathname] }));
});
const RULE = { name: NAME, type: 'alerting', query: 'x > 1', health: 'ok', state: 'firing' };
const TARGET = {
  labels: { job: 'a', instance: 'a:1' },
  ...{ health: 'down', lastScrape: '0001-01-01T00:00:00Z', lastError: 'refused' },
};
const instanceOf = (labels: Record<string, string>): unknown => ({
  ...{ labels, state: 'firing', activeAt: NOW, value: '2e+00' },
});

let site = '';
let key = '';
beforeAll(async () => {
  const runDir = mkdtempSync(join(tmpdir(), 'site-'));
  disposal.defer(() => rmSync(runDir, { recursive: true }));
  prometheus.listen(0, '127.0.0.1');
  own.push(prometheus);
  await startRemote(plan, runDir, disposal, () => undefined);
  const { port } = prometheus.address() as AddressInfo;
  const address = await serveSite(
    {
      ...{ page: '<p>the page', policy: "default-src 'none'", runDir, plan },
      prometheus: `http://127.0.0.1:${port}`,
      status: () => 'up; it is 06:00 there',
      valueExprOf: () => 'x',
      translate: (query) => query,
    },
    0,
    own,
  );
  [site = '', key = ''] = address.split('/#key=');
});
afterAll(async () => {
  for (const server of own) server.close();
  await disposal.dispose();
});

const ask = async (path: string, init?: RequestInit): Promise<unknown> =>
  (await fetch(`${site}${path}`, init)).json();
const change = async (method: string, path: string, headers: Record<string, string>) =>
  (await fetch(`${site}${path}`, { method, headers })).status;
const provoked = async (): Promise<boolean[]> => {
  const { alerts } = (await ask('/state')) as LiveState;
  return alerts.flatMap(({ provocations }) => provocations.map(({ active }) => active));
};

describe('the page of a stack that is up', () => {
  it('is had with what a browser may let it do', async () => {
    const response = await fetch(site);
    expect(await response.text()).toBe('<p>the page');
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('tells each alert with its instances, its last minutes, and what makes it happen', async () => {
    const { alerts, targets, status } = (await ask('/state')) as LiveState;
    expect(status).toBe('up; it is 06:00 there');
    expect(alerts).toMatchObject([
      {
        ...{ name: NAME, state: 'firing', error: null, valueExpr: 'x' },
        instances: [{ labels: { job: '</script>' }, state: 'firing', value: '2e+00' }],
        history: [{ state: 'firing', toMs: 0 }],
        provocations: [{ active: false }],
      },
    ]);
    expect(targets).toEqual([
      { job: 'a', instance: 'a:1', health: 'down', scrapedMs: null, lastError: 'refused' },
    ]);
  });

  it('plots a query, and a value that is no number is a gap', async () => {
    const { curves, times } = (await ask('/query?expr=x&seconds=60')) as LiveCurves;
    expect([times[0], times.at(-1)]).toEqual([-60, 0]);
    expect(curves[0]?.values.every((value) => value === null)).toBe(true);
    expect(await ask('/query?expr=sum(')).toEqual({ error: 'unclosed' });
  });
});

describe('what changes the stack', () => {
  const path = `/provoked/${encodeURIComponent(provocation?.name ?? '')}`;
  it('needs the key', async () => {
    expect(await change('PUT', path, {})).toBe(403);
    expect(await change('PUT', path, { 'x-gtv-key': `${key}x` })).toBe(403);
    expect(await change('PUT', path, { 'x-gtv-key': key, origin: 'http://evil.example' })).toBe(
      403,
    );
    expect(await provoked()).toEqual([false]);
  });
  it('is done with it, and taken back', async () => {
    expect(await change('PUT', path, { 'x-gtv-key': key })).toBe(200);
    expect(await provoked()).toEqual([true]);
    expect(await change('DELETE', path, { 'x-gtv-key': key })).toBe(200);
    expect(await provoked()).toEqual([false]);
  });
  it('is nothing else than that', async () => {
    expect(await change('PUT', '/provoked/Nothing', { 'x-gtv-key': key })).toBe(404);
    expect(await change('DELETE', '/', { 'x-gtv-key': key })).toBe(404);
    expect(await change('POST', '/state', { 'x-gtv-key': key })).toBe(404);
  });
});

it('while Prometheus is silent there is no state, not a quiet one', async () => {
  prometheus.close();
  prometheus.closeAllConnections();
  expect((await fetch(`${site}/state`)).status).toBe(502);
});
