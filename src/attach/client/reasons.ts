import { messageOf } from '../../lib/errors.ts';

/**
 * What Node says of a certificate whose signer nobody here knows (Node, "X509 certificate error
 * codes").
 */
const UNKNOWN_SIGNER = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

/** Why a request came to no answer, in words for whoever named the address; else as Node has it. */
export function failureOf(error: unknown, { protocol, hostname, host }: URL): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (UNKNOWN_SIGNER.has(code))
    return 'nobody who is known here has signed its certificate: name who did with --ca-file';
  switch (code) {
    case 'ECONNREFUSED':
      return `nothing listens at ${host}`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `no host named ${hostname} is found`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `there is no way to ${hostname}`;
    case 'ECONNRESET':
      return `the connection was cut off${protocol === 'http:' ? ': is https:// meant?' : ''}`;
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return 'it does not speak TLS as it should: is http:// meant?';
    case 'CERT_HAS_EXPIRED':
      return 'its certificate has expired';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `its certificate is not for ${hostname}`;
    default:
      return code.startsWith('HPE_') ? 'what it answers is no HTTP' : messageOf(error);
  }
}

/**
 * What a refusal means.
 * @param isLoggedIn whether credentials were sent
 */
export function statusOf(status: number, body: string, isLoggedIn: boolean): string {
  const said = `HTTP ${status}: ${body.replace(/\s+/g, ' ').slice(0, 200).trim()}`;
  if (status !== 401 && status !== 403) return said;
  return `${said} (${isLoggedIn ? 'the credentials are not taken' : 'no credentials were sent'})`;
}

/** An answer in JSON. @throws Error when it is anything else, such as a page to log in */
export function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (/^\s*</.test(body))
      throw new Error(
        'it answers with a page, not with data: is something before it that asks who one is?',
        {
          cause: error,
        },
      );
    throw new Error(`what it answers is no JSON: ${messageOf(error)}`, { cause: error });
  }
}
