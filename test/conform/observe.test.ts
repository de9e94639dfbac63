import { once } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { notJudged } from '../../src/conform/not-judged.ts';
import { observe } from '../../src/conform/observe/index.ts';
import { probesOf } from '../../src/conform/probes.ts';
import { routeOf } from '../../src/conform/routes.ts';
import type { ServiceEvidence, ServicePromise } from '../../src/model/conform.ts';
import { withRunDir } from '../runtimes/contract.ts';

const where = 'contract.yaml:1';
const PROMISE: ServicePromise = {
  job: 'api',
  metrics: [{ name: 'reqs_total', type: 'counter', labels: ['path'], series: 2, where }],
  foreign: [],
  limits: [],
};
/** A k6 that was answered as often as a body of a function says, of a route of its load. */
const k6Of = (answered: string): string => `#!${process.execPath}
const { readFileSync, writeFileSync } = require('node:fs');
const answered = ({ template, requests }) => { ${answered} };
const counts = JSON.parse(readFileSync(process.env.CONFORM_LOAD)).routes.flatMap((one, route) => [
  { route, status: 200, count: answered(one) },
  { route, status: 0, count: one.requests - answered(one) },
]);
const lost = { late: 0, refused: 0, untrusted: 0, broken: 3 };
writeFileSync(process.env.SUMMARY, JSON.stringify({ counts, lost }));
`;

/** Observes a service that tells these metrics, by a k6 that is answered as often. */
async function observed(answered: string, metrics = ''): Promise<ServiceEvidence> {
  const server = createServer((_, response) => response.end(metrics)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const routes = [routeOf('/a/:id')];
  try {
    return await withRunDir(async (dir) => {
      const k6 = join(dir, 'k6');
      await writeFile(k6, k6Of(answered));
      await chmod(k6, 0o755);
      const probes = probesOf(routes, () => 0.123456789, 1_000);
      const { signal } = new AbortController();
      const how = { k6, script: 'conform.ts', phase: () => undefined, signal };
      return observe({ ...how, url, metricsPath: '/metrics', routes, probes }, PROMISE);
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
const sent = ({ probes }: ServiceEvidence): number[] => probes.map(({ requests }) => requests);

it('a service that answers everything is asked everything', async () => {
  const seen = await observed('return requests');
  expect([sent(seen), seen.probesAnswered, notJudged(seen)]).toEqual([
    [200, 200, 300, 300],
    ...[1_000, []],
  ]);
});

it('a service that answers nothing can’t be judged', async () => {
  await expect(observed('return 0')).rejects.toMatchObject({
    name: 'HarnessError',
    message: expect.stringMatching(
      /^http:\S+ answered none of 100 requests to GET \/a\/:id: the connection broke off \(3\)$/,
    ) as string,
  });
});

it('one that answers no unknown path isn’t asked for more of them', async () => {
  const seen = await observed('return template === null ? 0 : requests');
  expect(sent(seen)).toEqual([200, 200]);
  expect(notJudged(seen)).toEqual([
    { what: 'paths and ids that nobody knows', why: "400 of 400 weren't answered" },
  ]);
});

it('nor is one that makes series of them, and so many are told as asked', async () => {
  const series = ['a', 'b', 'c'].map((path) => `reqs_total{path="${path}"} 1\n`).join('');
  expect(sent(await observed('return requests', series))).toEqual([200, 200]);
});
