import { createHash, createHmac } from 'node:crypto';
import type { Login } from '../../model/containers.ts';
import { answerOf } from '../../lib/http.ts';

/** MinIO's region unless it is told another. */
const REGION = 'us-east-1';
const SERVICE = 's3';
/** An object is taken within this, ms. */
const WITHIN_MS = 30_000;
const ALGORITHM = 'AWS4-HMAC-SHA256';

/** A request that is to be signed. */
export interface Signable {
  method: 'GET' | 'PUT';
  url: URL;
  body: Uint8Array<ArrayBuffer>;
  at: Date;
}

/**
 * The headers with which S3 takes a request, signed as AWS Signature Version 4 has it ("Create a
 * signed AWS API request" in the IAM user guide; for S3 the hash of the body is a header too).
 */
export function signed(
  { method, url, body, at }: Signable,
  { user, password }: Login,
): Record<string, string> {
  const time = at.toISOString().replace(/[-:]|\.\d+/g, '');
  const date = time.slice(0, 8);
  const headers: Record<string, string> = {
    host: url.host,
    'x-amz-content-sha256': hash(body),
    'x-amz-date': time,
  };
  const names = Object.keys(headers).join(';');
  const request = [
    method,
    url.pathname,
    url.searchParams.toString(),
    ...Object.entries(headers).map(([name, value]) => `${name}:${value}`),
    '',
    names,
    headers['x-amz-content-sha256'],
  ].join('\n');
  const scope = [date, REGION, SERVICE, 'aws4_request'];
  const text = [ALGORITHM, time, scope.join('/'), hash(request)].join('\n');
  const key = scope.reduce<string | Buffer>(
    (before, part) => hmac(before, part),
    `AWS4${password}`,
  );
  const signature = hmac(key, text).toString('hex');
  return {
    ...headers,
    authorization: `${ALGORITHM} Credential=${user}/${scope.join('/')}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

/**
 * Puts an object, or makes a bucket where the path names no object.
 * @throws Error with the status and what was answered when it isn't taken
 */
export async function put(
  base: string,
  path: string,
  body: Uint8Array<ArrayBuffer>,
  login: Login,
  signal: AbortSignal,
): Promise<void> {
  const url = new URL(path, base);
  const request: Signable = { method: 'PUT', url, body, at: new Date() };
  const answer = await answerOf(url, {
    method: request.method,
    headers: signed(request, login),
    body,
    signal,
    timeoutMs: WITHIN_MS,
  });
  if (!answer.ok) throw new Error(`PUT ${url.href}: status ${answer.status}: ${answer.body}`);
}

function hash(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
