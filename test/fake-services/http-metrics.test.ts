import { connect } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { buildBackend } from '../../fake-services/backend.ts';

const metric = (body: string, name: string): string[] =>
  body
    .split('\n')
    .filter((line) => line.startsWith(name))
    .sort();

it('has the buckets of the specification', async () => {
  const app = buildBackend();
  await app.inject('/api/health');
  const { body } = await app.inject('/metrics');
  const bounds = metric(body, 'http_request_duration_seconds_bucket').map((line) =>
    Number(/le="([^"]+)"/.exec(line)?.[1]?.replace('+Inf', 'Infinity')),
  );
  expect(bounds.sort((a, b) => a - b)).toEqual([
    0.005,
    0.01,
    0.025,
    0.05,
    0.1,
    0.25,
    0.5,
    0.75,
    1,
    1.5,
    2.5,
    5,
    10,
    Infinity,
  ]);
});

it('gives everything that no route knows one endpoint, and no method a series of its own making', async () => {
  const app = buildBackend();
  await app.inject('/wp-login.php');
  await app.inject('/%zz');
  await app.inject({ method: 'PATCH', url: '/api/health' });
  for (const method of ['PROPFIND', 'MKCOL', 'SEARCH'])
    await app.inject({ method: method as 'GET', url: '/x' });
  const { body } = await app.inject('/metrics');
  const labels = metric(body, 'http_requests_total').map((line) =>
    /method="(\w+)",endpoint="([^"]*)"/.exec(line)?.slice(1).join(' '),
  );
  expect([...new Set(labels)].sort()).toEqual([
    'GET unmatched',
    'OTHER unmatched',
    'PATCH unmatched',
  ]);
});

it('counts open connections, and a server on a real port closes at once with a slow answer under way', async () => {
  const app = buildBackend();
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const sockets = [connect(port), connect(port)];
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  for (const socket of sockets) socket.on('error', () => undefined);
  // inject() opens no connection of its own.
  const active = async (): Promise<string[]> =>
    metric((await app.inject('/metrics')).body, 'http_connections_active');
  await expect.poll(active).toEqual(['http_connections_active 2']);
  let answered = '';
  sockets[0]?.on('data', (part) => (answered += String(part)));
  sockets[0]?.write('GET /api/health HTTP/1.1\r\nhost: x\r\nx-provoke-delay-ms: 20000\r\n\r\n');
  sockets[1]?.destroy();
  await expect.poll(active).toEqual(['http_connections_active 1']);
  await app.close();
  // Had it waited for the answer, that would have come.
  expect(answered).toBe('');
});

it.each([
  ['x-provoke-delay-ms', '60001'],
  ['x-provoke-delay-ms', '1e3'],
  ['x-provoke-delay-ms', ''],
  ['x-provoke-status', '199'],
  ['x-provoke-status', '600'],
])('refuses %s: %s', async (name, value) => {
  const answer = await buildBackend().inject({ url: '/api/health', headers: { [name]: value } });
  expect(answer.statusCode).toBe(400);
  expect(answer.json<{ error: string }>().error).toContain('whole number');
});

it.each([200, 204, 304, 404, 503, 599])('answers with %d when asked to', async (status) => {
  const answer = await buildBackend().inject({
    url: '/api/health',
    headers: { 'x-provoke-status': String(status), 'x-provoke-delay-ms': '1' },
  });
  expect(answer.statusCode).toBe(status);
});
