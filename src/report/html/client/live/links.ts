import { element } from './dom.ts';

/**
 * A text with its addresses as links. What the stack calls by a name of its own (`prometheus:9090`)
 * leads to where that can be opened from here, and is no link where it can't.
 * @param hosts by `host:port` as the stack has it: the address from here
 */
export function withLinks(text: string, hosts: Record<string, string>): (Node | string)[] {
  return text.split(/(https?:\/\/[^\s<>"'`)\]]+)/).map((part, i) => {
    const href = i % 2 === 1 ? hrefOf(part, hosts) : null;
    return href === null ? part : element('a', { href, target: '_blank', rel: 'noreferrer' }, part);
  });
}

/** Where an address in a message leads from here; null: it can't be opened from here. */
export function hrefOf(address: string, hosts: Record<string, string>): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, host, hostname, pathname, search, hash } = new URL(address);
  if (protocol !== 'http:' && protocol !== 'https:') return null;
  const here = hosts[host];
  if (here !== undefined) return `${here}${pathname}${search}${hash}`;
  return hostname.includes('.') ? address : null;
}
