import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { conform } from '../../src/commands/conform.ts';
import type { ConformOptions } from '../../src/commands/conform.ts';
import { terminalOutput } from '../../src/commands/output.ts';

/** Conforms to a service that answers so; null: to an address where nothing listens any more. */
async function conformed(
  answer: RequestListener | null,
  options: Partial<ConformOptions> = {},
): Promise<number> {
  const server = createServer(answer ?? undefined).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  if (!answer) {
    server.close();
    await once(server, 'close');
  }
  const known = { as: 'backend', routes: [], metricsPath: '/metrics', probes: 0, verbose: false };
  try {
    return await conform(
      { url, ...known, format: 'text', ...options },
      terminalOutput(true),
      new AbortController().signal,
    );
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

it('where nothing listens, that is said', async () => {
  await expect(conformed(null)).rejects.toThrow(
    /^http:\S+ doesn't answer: it was asked for its routes \(\/openapi\.json\): .*ECONNREFUSED/,
  );
});

it('so is who breaks off', async () => {
  await expect(conformed(({ socket }) => socket.destroy())).rejects.toThrow(/doesn't answer: /);
});

const UNKNOWN = 'no route is known that could be asked';
const openapi = { openapi: '3.1.0', paths: { '/metrics': { get: {} } } };
it.each([
  ['a service that knows no OpenAPI', '', 404],
  ['a page', '<html>', 200],
  ['a document of another kind', '{}', 200],
  ['a document that names the metrics alone', JSON.stringify(openapi), 200],
])('%s names no route', async (_, body, status) => {
  const answer: RequestListener = (__, response) => response.writeHead(status).end(body);
  await expect(conformed(answer)).rejects.toThrow(UNKNOWN);
});

it('the metrics are no route, though they are named', async () => {
  await expect(conformed(null, { routes: ['/metrics'] })).rejects.toThrow(UNKNOWN);
});
