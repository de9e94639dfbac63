import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { createReader } from '../../src/attach/client/index.ts';
import { failureOf, parsed, statusOf } from '../../src/attach/client/reasons.ts';

/** Its own signer's, valid on the first of January 2020 alone. */
const EXPIRED = `-----BEGIN CERTIFICATE-----
MIIBDDCBsgIBATAKBggqhkjOPQQDAjASMRAwDgYDVQQDDAdleHBpcmVkMB4XDTIw
MDEwMTAwMDAwMFoXDTIwMDEwMjAwMDAwMFowEjEQMA4GA1UEAwwHZXhwaXJlZDBZ
MBMGByqGSM49AgEGCCqGSM49AwEHA0IABG/HxJTs0mJbaiTOVlaHKb/wxHhRlU6+
mhNzS+pRZJS6Ne/HhUkNU4phiLqLokJDqxGB3kn3vthT/jbTFPIarvcwCgYIKoZI
zj0EAwIDSQAwRgIhAIMyOMGVAW2j+PwMBWw29/hm9OE/fcX4bL1T0gNhRFCDAiEA
wVYPfHSrFUuBtguKejJ6QGLE44J98Y49I0fYVxY5oa8=
-----END CERTIFICATE-----`;

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
  ])('%s', (code, target, words) => {
    const { message, mend } = failureOf(failed(code), target);
    expect(`${message}\n${mend ?? ''}`).toContain(words);
  });

  it('a connection that is cut off says nothing of https where it was that', () =>
    expect(failureOf(failed('ECONNRESET'), HTTPS).message).toBe('the connection was cut off'));
});

it('a refusal says whether credentials were sent', () => {
  const said = (status: number, body: string, isLoggedIn: boolean): string =>
    statusOf(status, { body, retryAfter: undefined }, isLoggedIn).message;
  expect(said(401, 'Unauthorized', false)).toBe(
    'HTTP 401: Unauthorized (no credentials were sent)',
  );
  expect(said(403, 'no', true)).toBe('HTTP 403: no (the credentials are not taken)');
  expect(said(500, 'bad\n luck', true)).toBe('HTTP 500: bad luck');
  expect(said(502, '<html><head><title>502 Bad Gateway</title></head></html>', true)).toContain(
    'HTTP 502: 502 Bad Gateway (it is not ready',
  );
});

it.each([
  [429, '30', 'Try again in 30 s.'],
  [503, undefined, 'Try again later.'],
  [401, undefined, 'Name --bearer-token-file, or --user with --password-file.'],
])('HTTP %i says what to do', (status, retryAfter, mend) =>
  expect(statusOf(status, { body: '', retryAfter }, false).mend).toBe(mend),
);

describe('over TLS', () => {
  const alert = (number: number): Error =>
    Object.assign(new Error(`ssl3_read_bytes:alert:SSL alert number ${number}`), {
      code: 'EPROTO',
    });
  const reason = (error: Error, credentials: object = {}): string =>
    failureOf(error, HTTPS, credentials, Date.parse('2026-01-01')).message;
  // Valid until 2020-01-02.
  const expired = Buffer.from(EXPIRED);

  it('a server that asks for a client certificate is told from one that knows no TLS', () => {
    expect(reason(alert(116))).toBe('it asks for a client certificate');
    expect(reason(alert(42))).toBe('it asks for a client certificate');
    expect(reason(failed('EPROTO'))).toContain('is http:// meant?');
  });

  it('a client certificate that has expired is said to be, however it is refused', () => {
    for (const error of [alert(45), alert(42), failed('ECONNRESET')])
      expect(reason(error, { cert: expired })).toBe(
        'the client certificate has expired on 2020-01-02',
      );
    expect(reason(failed('ECONNREFUSED'), { cert: expired })).toContain('nothing listens');
  });

  it('an authority that did not sign is told from none', () => {
    const unknown = failed('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    expect(reason(unknown, { ca: Buffer.from('x') })).toBe(
      'what --ca-file names did not sign its certificate',
    );
    expect(reason(unknown)).toBe('nobody who is known here has signed its certificate');
  });
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
      [expect.objectContaining({ error: expect.stringContaining('a page') as string })],
    );
  });
});
