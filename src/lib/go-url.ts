/** What of an address a program of Go's goes by. */
export interface GoUrl {
  /** In small letters; empty where there is none. */
  scheme: string;
  /** With its port; empty where there is none. */
  host: string;
}

const SCHEME = /^([a-z][a-z\d+.-]*):(.*)$/is;
/** Between the scheme and the path. */
const AUTHORITY = /^\/\/([^/]*)(.*)$/s;
const USER = /^[\w.~!$&'()*+,;=%@:-]*$/;
/** Letters of other languages, too; what stands for another letter is told by its percent sign. */
const HOST = /^(?:\[[^\]]*\]|(?:[\w.~!$&'()*+,;=:[\]<>"-]|[^\0-\x7f]|%[89a-f][\da-f]|%25)*)$/i;
const PORT = /:(\d*)$/;
const BROKEN_ESCAPE = /%(?![\da-f]{2})/i;
const CONTROL = /[\0-\x1f\x7f]/;

/**
 * An address as Go's `url.Parse` takes it: other than a browser it knows no numbers in the place of
 * a host, and changes nothing. Undefined: refused.
 */
export function parseGoUrl(text: string): GoUrl | undefined {
  const [address = ''] = text.split('#');
  if (CONTROL.test(text) || address.startsWith(':')) return undefined;
  const [, scheme = '', behind = address] = SCHEME.exec(address) ?? [];
  const [rest = ''] = behind.split('?');
  if (!rest.startsWith('/')) {
    // What begins with neither scheme nor slash is a path, whose first part has no colon.
    const isOdd = scheme === '' && (rest.split('/')[0] ?? '').includes(':');
    return isOdd ? undefined : { scheme: scheme.toLowerCase(), host: '' };
  }
  const [, authority = '', path = rest] = AUTHORITY.exec(rest) ?? [];
  const at = authority.lastIndexOf('@');
  const host = authority.slice(at + 1);
  const isSound =
    USER.test(authority.slice(0, Math.max(0, at))) && isHost(host) && !BROKEN_ESCAPE.test(path);
  return isSound ? { scheme: scheme.toLowerCase(), host } : undefined;
}

/** A name or an address, and behind its last colon a number or nothing; Go 1.26 takes no other. */
function isHost(host: string): boolean {
  const name = host.replace(PORT, '');
  if (host.startsWith('[')) return name.endsWith(']') && HOST.test(name);
  return HOST.test(name) && (name !== host || !host.includes(':'));
}
