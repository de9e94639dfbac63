import type { Mapping } from '../shape.ts';

/** Headers that Prometheus sets itself in what it sends (config, `reservedHeaders`). */
const RESERVED = [
  'host',
  'content-encoding',
  'content-length',
  'content-type',
  'user-agent',
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'www-authenticate',
  'accept-encoding',
  'x-prometheus-remote-write-version',
  'x-prometheus-remote-read-version',
  // Set where requests are signed for AWS.
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-content-sha256',
  // There are keys of their own for it.
  'authorization',
];

/** Headers of the user's. */
export const headers: Mapping = { map: 'text', reserved: RESERVED };
