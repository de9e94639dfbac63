import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readCredentials } from '../../src/attach/client/credentials.ts';
import { read } from '../../src/attach/client/request.ts';
import { Refusal, serve } from './server.ts';
import type { Served } from './server.ts';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});
const options = {
  credentials: { authorization: 'Bearer secret' },
  timeoutMs: 2_000,
  signal: new AbortController().signal,
};

async function served(answer: Parameters<typeof serve>[0]): Promise<Served> {
  const one = await serve(answer);
  open.push(one.close);
  return one;
}

/** A server that sends everybody to another address, and remembers what it was shown. */
async function redirecting(to: string): Promise<URL> {
  const server = createServer((_, response) => {
    response.writeHead(302, { location: to }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => new Promise((resolve) => server.close(() => resolve())));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

describe('reading', () => {
  it('keeps a path prefix of the address', async () => {
    const { url, asked } = await served(() => ({}));
    await read(new URL('/prom/', url), '/api/v1/rules', {}, options);
    expect(asked).toEqual(['GET /prom/api/v1/rules']);
  });

  it('never follows a redirect to another host: the token is not for it', async () => {
    const other = await served(() => ({}));
    const first = await redirecting(other.url.href);
    await expect(read(first, '/api/v1/rules', {}, options)).rejects.toThrow('was not named');
    expect(other.asked).toEqual([]);
  });

  it('ends a ring of redirects', async () => {
    const url = await redirecting('/again');
    await expect(read(url, '/', {}, options)).rejects.toThrow('redirects');
  });

  it('tells the status and what was said', async () => {
    const { url } = await served(() => undefined);
    await expect(read(url, '/x', {}, options)).rejects.toThrow('HTTP 404: {"error":"not here"}');
  });

  it('gives up on what never answers', async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push(() => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    });
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await expect(read(url, '/', {}, { ...options, timeoutMs: 50 })).rejects.toThrow(
      'no answer within 50 ms',
    );
  });
});

it('an answer that begins and never ends is late, too', async () => {
  const server = createServer((_, response) => void response.writeHead(200).write('{'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await expect(read(url, '/', {}, { ...options, timeoutMs: 50 })).rejects.toThrow(
    'no answer within 50 ms',
  );
});

it('an answer that is cut off in its middle is not late', async () => {
  const { url } = await served(() => new Refusal(null));
  await expect(read(url, '/', {}, options)).rejects.toThrow(
    'the connection was cut off in the middle of the answer',
  );
});

describe('credentials', () => {
  const file = (text: string): string => {
    const path = join(mkdtempSync(join(tmpdir(), 'gtv-credentials-')), 'secret');
    writeFileSync(path, text);
    return path;
  };

  it.each([
    ['a token file', { bearerTokenFile: file('t0\n') }, {}, 'Bearer t0'],
    ['a token of the environment', {}, { GTV_BEARER_TOKEN: 't1' }, 'Bearer t1'],
    ['a user', { user: 'u', passwordFile: file('p\n') }, {}, 'Basic dTpw'],
    ['a password of the environment', { user: 'u' }, { GTV_PASSWORD: 'p' }, 'Basic dTpw'],
    ['nothing', {}, {}, undefined],
  ])('%s', async (_, sources, env, authorization) => {
    expect((await readCredentials(sources, env)).authorization).toBe(authorization);
  });

  it.each([
    ['half a pair', { certFile: 'c' }, 'needs its key'],
    ['a user without a password', { user: 'u' }, 'no password'],
    ['a file that is not there', { caFile: '/nowhere/ca' }, "/nowhere/ca can't be read"],
    ['a token for an authority', { caFile: file('t0') }, 'holds no certificate in PEM form'],
  ])('refuses %s', async (_, sources, message) => {
    await expect(readCredentials(sources, {})).rejects.toThrow(message);
  });
});
