import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A running system in miniature: what its programs would answer, and everything that was asked of
 * it.
 */
export interface Served {
  url: URL;
  /** `GET /api/v1/rules`, in the order in which they came. */
  asked: string[];
  close: () => Promise<void>;
}

/** @param answer the body for a path and its parameters; undefined: 404 */
export async function serve(
  answer: (path: string, parameters: URLSearchParams) => unknown,
): Promise<Served> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    asked.push(`${request.method ?? ''} ${url.pathname}`);
    let form = '';
    request.on('data', (chunk: Buffer) => (form += chunk.toString()));
    request.on('end', () => {
      const body = answer(url.pathname, form === '' ? url.searchParams : new URLSearchParams(form));
      response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body ?? { error: 'not here' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    asked,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
