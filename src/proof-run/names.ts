import { isIP } from 'node:net';

/**
 * An alternative name of a certificate, as `selfsigned` takes it: 2 a name, 7 an address (RFC 5280,
 * 4.2.1.6).
 */
export type AlternativeName = { type: 2; value: string } | { type: 7; ip: string };

/** Names under which everybody in a run may be asked for. */
export function alternativeNames(names: string[]): AlternativeName[] {
  return ['localhost', '127.0.0.1', ...names].map((name) =>
    isIP(name) ? { type: 7, ip: name } : { type: 2, value: name },
  );
}

/** An /etc/hosts in which each name leads to its address. */
export function hostsText(hosts: Record<string, string>): string {
  const lines = Object.entries(hosts)
    .filter(([name, ip]) => name !== ip && name !== 'localhost')
    .map(([name, ip]) => `${ip} ${name}`);
  return ['127.0.0.1 localhost', '::1 localhost', ...lines, ''].join('\n');
}
