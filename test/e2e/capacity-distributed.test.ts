import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildAi } from '../../fake-services/ai.ts';
import { buildBackend } from '../../fake-services/backend.ts';
import { accountsIn } from '../../src/capacity/k6-operator/accounts.ts';
import { addUp } from '../../src/capacity/k6-operator/add-up.ts';
import { bundleScenario } from '../../src/commands/capacity/distributed/bundle.ts';
import { routesOf } from '../../src/capacity/k6-operator/routes.ts';
import { segments } from '../../src/capacity/k6-operator/segments.ts';
import type { DistributedLoad, PartAccount, RouteCount } from '../../src/model/distributed.ts';
import { defaultCacheDir, ensureCache } from '../../src/programs/index.ts';
import { segmentArguments } from '../support/segment-arguments.ts';

// The parts that the operator would spread over machines, side by side on this one, against real
// services.
const apps = { backend: buildBackend(), ai: buildAi() };
const dir = mkdtempSync(join(tmpdir(), 'gtv-parts-'));
let k6 = '';
let targets: Record<string, string> = {};

beforeAll(async () => {
  k6 = (
    await ensureCache({
      cacheDir: defaultCacheDir(),
      onProgress: () => undefined,
      signal: new AbortController().signal,
    })
  ).k6;
  for (const app of Object.values(apps)) await app.listen({ host: '127.0.0.1', port: 0 });
  targets = Object.fromEntries(
    Object.entries(apps).map(([name, app]) => [
      name,
      `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    ]),
  );
  writeFileSync(
    join(dir, 'scenario.js'),
    await bundleScenario(fileURLToPath(new URL('../../scenarios/distributed.ts', import.meta.url))),
  );
}, 300_000);
afterAll(async () => {
  await Promise.all(Object.values(apps).map((app) => app.close()));
  rmSync(dir, { recursive: true });
});

/** All of a load's parts at the same time. */
async function loaded(
  parts: number,
  ratePerSecond: number,
  requests: number,
): Promise<PartAccount[]> {
  const load: DistributedLoad = {
    schemaVersion: 1,
    run: `${parts}-of-${requests}`,
    ratePerSecond,
    requests,
    // Enough that nothing is dropped where a busy machine lets everybody wait for a second.
    virtualUsers: 50 * parts,
    parts,
    routes: routesOf(['backend', 'ai']),
    targets,
    requestTimeoutMs: 10_000,
    resultsDir: null,
  };
  writeFileSync(join(dir, 'load.json'), JSON.stringify(load));
  const done = await Promise.all(
    segments(parts).map((segment) =>
      execa(k6, [
        'run',
        '--quiet',
        '--no-usage-report',
        '--address',
        '',
        ...(parts > 1 ? segmentArguments(segment) : []),
        join(dir, 'scenario.js'),
      ]),
    ),
  );
  return done
    .flatMap(({ stdout }) => accountsIn('k6', stdout))
    .map((found) => {
      if ('wrong' in found) throw new Error(found.wrong);
      return found.account;
    });
}

/** What the services themselves have counted since the last time, route by route. */
const seen = new Map<string, number>();
async function countedByServices(): Promise<RouteCount[]> {
  const texts = await Promise.all(
    Object.entries(targets).map(async ([service, url]) => ({
      service,
      text: await (await fetch(`${url}/metrics`)).text(),
    })),
  );
  return texts.flatMap(({ service, text }) =>
    [
      ...text.matchAll(
        /^http_requests_total\{method="(\w+)",endpoint="([^"]+)",status="(\d+)"\} (\d+)$/gm,
      ),
    ].flatMap(([, method = '', name = '', status = '', total]) => {
      const key = [service, method, name, status].join(' ');
      const count = Number(total) - (seen.get(key) ?? 0);
      seen.set(key, Number(total));
      return count === 0 ? [] : [{ service, method, name, status, count }];
    }),
  );
}
const sorted = (counts: RouteCount[]): string[] =>
  counts.map((each) => Object.values(each).join(' ')).sort();

// Odd numbers on purpose: 250 a second don't divide by 7, nor 1,003 requests by the routes.
describe.each([
  { parts: 7, rate: 250, requests: 1_003 },
  { parts: 3, rate: 131, requests: 500 },
])('$parts parts of $rate/s', ({ parts, rate, requests }) => {
  it('add up to the whole: what one process sends, and what the services counted, route by route', async () => {
    const one = addUp(await loaded(1, rate, requests));
    const countedOfOne = await countedByServices();
    const accounts = await loaded(parts, rate, requests);
    const whole = addUp(accounts);
    expect(whole).toMatchObject({ parts, sent: requests, ended: requests, exact: true });
    expect(sorted(whole.counts)).toEqual(sorted(await countedByServices()));
    expect(sorted(whole.counts)).toEqual(sorted(one.counts));
    expect(sorted(one.counts)).toEqual(sorted(countedOfOne));
    const shares = accounts.map(({ sent }) => sent);
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
  }, 60_000);
});
