import { X509Certificate } from 'node:crypto';
import type { Credentials } from './credentials.ts';
import { Unanswered } from './unanswered.ts';

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
/** Alerts by which a server refuses who asks (RFC 8446, section 6.2). */
const REFUSED = new Map([
  [40, 'it refuses the handshake, perhaps for the client certificate'],
  [42, 'it takes the client certificate for a bad one'],
  [43, 'it does not take client certificates of this kind'],
  [44, 'the client certificate is revoked'],
  [45, 'it says that the client certificate has expired'],
  [46, 'it does not take the client certificate'],
  [48, 'it does not know who signed the client certificate'],
  [116, 'it asks for a client certificate'],
]);
const NAME_BOTH = 'Name one that it takes with --cert-file, and its key with --key-file.';

/** Why nothing came of a connection over TLS; undefined where it was nothing of that kind. */
export function tlsFailure(
  error: NodeJS.ErrnoException,
  { hostname }: URL,
  { ca, cert }: Credentials,
  nowMs: number,
): Unanswered | undefined {
  const code = error.code ?? '';
  const because = { cause: error };
  if (UNKNOWN_SIGNER.has(code))
    return ca
      ? new Unanswered(
          'what --ca-file names did not sign its certificate',
          'Name the file of the authority that did; `openssl s_client -showcerts` shows the chain.',
          because,
        )
      : new Unanswered(
          'nobody who is known here has signed its certificate',
          'Name who did with --ca-file.',
          because,
        );
  if (code === 'CERT_HAS_EXPIRED')
    return new Unanswered('its certificate has expired', 'It needs a new one.', because);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return new Unanswered(
      `its certificate is not for ${hostname}`,
      'Name it by a host that the certificate is for.',
      because,
    );
  return refused(error, cert, nowMs);
}

function refused(
  error: NodeJS.ErrnoException,
  cert: Buffer | undefined,
  nowMs: number,
): Unanswered | undefined {
  const alert = Number(/alert number (\d+)/.exec(error.message)?.[1] ?? NaN);
  const said = REFUSED.get(alert);
  // Some servers only hang up.
  if (said === undefined && !(cert && error.code === 'ECONNRESET')) return undefined;
  const until = cert && new Date(new X509Certificate(cert).validTo);
  if (until && until.getTime() < nowMs)
    return new Unanswered(
      `the client certificate has expired on ${until.toISOString().slice(0, 10)}`,
      'Name one that is valid with --cert-file, and its key with --key-file.',
      { cause: error },
    );
  if (said === undefined)
    return new Unanswered('the connection was cut off after the client certificate', NAME_BOTH, {
      cause: error,
    });
  return new Unanswered(cert ? said : 'it asks for a client certificate', NAME_BOTH, {
    cause: error,
  });
}
