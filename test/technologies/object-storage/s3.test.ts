import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { put, signed } from '../../../src/technologies/object-storage/s3.ts';

/** The login of AWS' own examples ("Signature Calculations for the Authorization Header"). */
const LOGIN = {
  user: 'AKIAIOSFODNN7EXAMPLE',
  password: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const NEVER = new AbortController().signal;

it.each([
  ['?lifecycle', 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'],
  ['?max-keys=2&prefix=J', '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'],
])("%s is signed as in AWS' example", (query, signature) => {
  const url = new URL(`https://examplebucket.s3.amazonaws.com/${query}`);
  const at = new Date('2013-05-24T00:00:00Z');
  const { authorization } = signed({ method: 'GET', url, body: new Uint8Array(0), at }, LOGIN);
  expect(authorization).toBe(
    'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, ' +
      `SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${signature}`,
  );
});

it('an object that is not taken is an error, with what was answered', async () => {
  const server = createServer((_, answer) => answer.writeHead(507).end('XMinioStorageFull'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await expect(put(base, '/bucket/object', new Uint8Array(3), LOGIN, NEVER)).rejects.toThrow(
    /PUT .*\/bucket\/object: status 507: XMinioStorageFull/,
  );
  server.closeAllConnections();
  server.close();
});
