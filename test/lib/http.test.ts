import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { answerOf, answers, get } from '../../src/lib/http.ts';

/** A server for as long as something is asked of it. */
async function served<T>(listener: RequestListener, ask: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  try {
    return await ask(`http://127.0.0.1:${address.port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('an answer', () => {
  it('is asked for as it is: what is packed may never be settled', async () => {
    const asked = await served(
      (request, response) => response.end(request.headers['accept-encoding']),
      get,
    );
    expect(asked).toBe('identity');
  });

  it('that is packed all the same is read, or given up in time', async () => {
    const text = 'x'.repeat(100_000);
    const packed = gzipSync(text);
    const all: RequestListener = (_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed);
    expect(await served(all, get)).toBe(text);
    const half: RequestListener = (_, response) =>
      response
        .writeHead(200, { 'content-encoding': 'gzip' })
        .write(packed.subarray(0, packed.length / 2));
    const late = /^http:\S+ didn't answer within 0\.\d s$/;
    await expect(served(half, (url) => get(url, 50))).rejects.toThrow(late);
    await expect(served(half, (url) => answers(url, 50))).rejects.toThrow(late);
  });

  it('that isn’t right says why, in Prometheus’s words where there are some', async () => {
    const refuse =
      (body: string): RequestListener =>
      (_, response) =>
        response.writeHead(422).end(body);
    await expect(served(refuse('{"error":"too many samples"}'), get)).rejects.toThrow(
      'too many samples',
    );
    await expect(served(refuse('no'), get)).rejects.toThrow('answered 422: no');
    await expect(served(refuse('no'), answers)).resolves.toBeUndefined();
  });

  it('ends with its signal', async () => {
    const stop = new AbortController();
    const silent: RequestListener = () => stop.abort(new Error('interrupted'));
    await expect(
      served(silent, (url) => answerOf(url, { signal: stop.signal, timeoutMs: 5_000 })),
    ).rejects.toThrow('interrupted');
  });
});
