import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readExposition } from '../../src/lib/exposition.ts';
import { realText } from '../../src/synthetic/real.ts';

const TOLD = `# HELP redis_up Whether it answers.
# TYPE redis_up gauge
redis_up 1
# TYPE redis_db_keys gauge
redis_db_keys{db="db0"} 3
redis_db_keys{db="db1"} 4
{"redis.clients",kind="all"} 5
`;
const BUCKETS = `# TYPE took histogram
took_bucket{le="1"} 2
took_bucket{le="+Inf"} 4
`;
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) =>
    response.end(request.url === '/buckets' ? BUCKETS : TOLD),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it('where a plan has nothing, the component’s own word goes through as it is', async () => {
  expect(await realText(url, '')).toBe(TOLD);
});

it('of a series that both have there is the plan’s alone, and the others stay', async () => {
  const { samples, types } = readExposition(
    await realText(
      url,
      'redis_up 0\nredis_db_keys{db="db1"} 900\nredis_db_keys{db="db2"} 1\n{"redis.clients",kind="all"} 6\n',
    ),
  );
  expect(samples).toEqual([
    { name: 'redis_db_keys', labels: { db: 'db0' }, value: 3 },
    { name: 'redis_up', labels: {}, value: 0 },
    { name: 'redis_db_keys', labels: { db: 'db1' }, value: 900 },
    { name: 'redis_db_keys', labels: { db: 'db2' }, value: 1 },
    { name: 'redis.clients', labels: { kind: 'all' }, value: 6 },
  ]);
  expect(types).toEqual({ redis_up: 'gauge', redis_db_keys: 'gauge' });
});

it('a component that is down is nobody’s text', async () => {
  const down = createServer().listen(0, '127.0.0.1');
  await once(down, 'listening');
  const { port } = down.address() as AddressInfo;
  down.close();
  await once(down, 'close');
  await expect(realText(`http://127.0.0.1:${port}/metrics`, '')).rejects.toThrow(/fetch failed/);
});

it('a bucket that is called otherwise is the same', async () => {
  const { samples } = readExposition(
    await realText(new URL('/buckets', url).href, 'took_bucket{le="1.0"} 9\n'),
  );
  const buckets = samples.filter(({ name }) => name === 'took_bucket');
  expect(buckets.map(({ labels, value }) => [labels['le'], value])).toEqual([
    ['+Inf', 4],
    ['1.0', 9],
  ]);
});
