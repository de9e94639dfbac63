import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
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

/** An answer that refuses; with `null` the connection is cut off in the middle of one. */
export class Refusal {
  readonly status: number | null;
  readonly body: string;

  constructor(status: number | null, body: unknown = '') {
    this.status = status;
    this.body = typeof body === 'string' ? body : JSON.stringify(body);
  }
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
      if (body instanceof Refusal) {
        refuse(response, body);
        return;
      }
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

function refuse(response: ServerResponse, { status, body }: Refusal): void {
  if (status !== null) {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    return;
  }
  response.writeHead(200, { 'content-length': '1000' });
  response.write('{"status"', () => response.destroy());
}
