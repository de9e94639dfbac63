import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { createReader } from '../../src/attach/client/index.ts';
import { failureOf, parsed, statusOf } from '../../src/attach/client/reasons.ts';

const failed = (code: string): Error =>
  Object.assign(new Error(`as Node has it: ${code}`), { code });
const HTTPS = new URL('https://mon.example.org:9443/prometheus');
const HTTP = new URL('http://mon.example.org:9090/');

describe('why there is no answer', () => {
  it.each([
    ['ECONNREFUSED', HTTP, 'nothing listens at mon.example.org:9090'],
    ['ENOTFOUND', HTTP, 'no host named mon.example.org is found'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', HTTPS, '--ca-file'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', HTTPS, '--ca-file'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', HTTPS, 'is not for mon.example.org'],
    ['EPROTO', HTTPS, 'is http:// meant?'],
    ['ECONNRESET', HTTP, 'is https:// meant?'],
    ['HPE_INVALID_CONSTANT', HTTP, 'no HTTP'],
    ['EMFILE', HTTP, 'as Node has it: EMFILE'],
  ])('%s', (code, target, words) => expect(failureOf(failed(code), target)).toContain(words));

  it('a connection that is cut off says nothing of https where it was that', () =>
    expect(failureOf(failed('ECONNRESET'), HTTPS)).toBe('the connection was cut off'));
});

it('a refusal says whether credentials were sent', () => {
  expect(statusOf(401, 'Unauthorized', false)).toBe(
    'HTTP 401: Unauthorized (no credentials were sent)',
  );
  expect(statusOf(403, 'no', true)).toBe('HTTP 403: no (the credentials are not taken)');
  expect(statusOf(502, 'bad\n gateway', true)).toBe('HTTP 502: bad gateway');
});

it('a page is no data', () => {
  expect(parsed('{"a":1}')).toEqual({ a: 1 });
  expect(() => parsed('<html>login</html>')).toThrow('a page');
  expect(() => parsed('pong')).toThrow('no JSON');
});

describe('a question', () => {
  const servers: Server[] = [];
  afterAll(() => servers.forEach((server) => server.close()));

  it('that gets a page is answered with that', async () => {
    const server = createServer((_, response) => response.end('<html>login</html>'));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const reader = createReader(
      { prometheus: new URL(`http://127.0.0.1:${port}`) },
      {},
      { timeoutMs: 10_000, signal: new AbortController().signal },
    );
    expect(await reader.ask([{ of: 'prometheus', path: '/api/v1/rules', parameters: {} }])).toEqual(
      [{ error: expect.stringContaining('a page') as string }],
    );
  });
});
