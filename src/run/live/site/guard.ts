import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { NOT_OWN } from '../peer.ts';

/** Header with the key, for what changes anything. */
export const KEY_HEADER = 'x-gtv-key';

/** What a request is judged by. */
export interface Asked {
  /** Whether this user asks, and nobody else on this machine. */
  isOwnUser: boolean;
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
}

/** Whom the page's server answers. */
export interface Door {
  /** Port that it listens on. */
  port: number;
  /** What changes the stack has to come with; known to who started the stack alone. */
  key: string;
}

/**
 * Why a request isn't answered; null: it is. Another site's page can neither ask nor change
 * anything: a browser says whose request it is (`Sec-Fetch-Site` and `Origin`, Fetch standard), and
 * a name that was made to lead here (DNS rebinding) isn't ours. Everybody on this machine reaches
 * loopback: other users aren't answered, and what changes anything needs the key besides, which
 * other programs of this user don't have.
 */
export function refusal(asked: Asked, { port, key }: Door): string | null {
  const { method, path, headers } = asked;
  if (!asked.isOwnUser) return NOT_OWN;
  const own = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!own.includes(headers.host ?? '')) return 'this is another host';
  const { origin } = headers;
  if (origin !== undefined && !own.some((host) => origin === `http://${host}`))
    return 'asked from another site';
  // A link to the page may stand anywhere; what the page itself asks for comes from the page.
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && path !== '/')
    return 'asked from another site';
  if (method === 'GET' || method === 'HEAD') return null;
  return isKey(headers[KEY_HEADER], key)
    ? null
    : 'only who has the address that `npm run up` printed can change anything';
}

function isKey(given: string | string[] | undefined, key: string): boolean {
  if (typeof given !== 'string') return false;
  const [a, b] = [Buffer.from(given), Buffer.from(key)];
  return a.length === b.length && timingSafeEqual(a, b);
}
