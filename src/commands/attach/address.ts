import { HarnessError } from '../../lib/errors.ts';

/** @throws HarnessError when it is no address, or carries a secret */
export function addressOf(what: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new HarnessError(
      `${what} is no address: ${withoutSecrets(text)}`,
      'Expected for instance http://127.0.0.1:9090.',
    );
  if (url.username !== '' || url.password !== '')
    throw new HarnessError(
      `${what} carries a user or a password, which process lists and logs show`,
      'Name --user and --password-file instead.',
    );
  if (url.search !== '' || url.hash !== '')
    throw new HarnessError(
      `${what} has something behind its path, which is no part of where a program answers: ` +
        withoutSecrets(text),
      'Leave it out; a token belongs into --bearer-token-file.',
    );
  return url;
}

/** Of what was meant as an address neither who asks nor what is behind the path. */
function withoutSecrets(text: string): string {
  const scheme = /^\w+:\/\//.exec(text)?.[0] ?? '';
  // Of a password with a question mark nobody can tell where it ends.
  if (/[?#].*@/s.test(text)) return `${scheme}…`;
  const rest = text.slice(scheme.length).replace(/^.*@/s, '…@');
  return scheme + rest.replace(/[?#].*$/s, (end) => `${end[0] ?? ''}…`);
}
