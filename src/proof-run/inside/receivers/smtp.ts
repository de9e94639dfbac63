import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { Endpoint } from '../../../model/receivers.ts';
import { INTEGRATION_HEADER } from '../../../receivers/observe.ts';
import type { Inbox } from './inbox.ts';

/**
 * A mail server as a provider's: TLS from the start or by STARTTLS, and a login that it takes from
 * anybody.
 */
export async function smtpReceiver(
  { port, protocol }: Endpoint,
  ip: string,
  tls: { cert: string; key: string },
  inbox: Inbox,
): Promise<AsyncDisposable> {
  const server = new SMTPServer({
    ...tls,
    secure: protocol === 'smtps',
    authOptional: true,
    // Alertmanager takes PLAIN and LOGIN with a password, CRAM-MD5 with a secret
    // (notify/email/email.go).
    authMethods: ['CRAM-MD5', 'PLAIN', 'LOGIN'],
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anybody' }),
    onData: (stream, session, done) => {
      const at = Date.now();
      simpleParser(stream).then((mail) => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join(', ');
        const integration = mail.headers.get(INTEGRATION_HEADER.toLowerCase());
        inbox.deliveries.push({
          at,
          integration: typeof integration === 'string' ? integration : null,
          kind: 'email',
          to,
          text: textOf(mail),
          error: null,
        });
        done();
      }, done);
    },
  });
  // A client that breaks off is seen as a missing mail; the server goes on.
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, ip, resolve);
  });
  return {
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

function textOf(mail: ParsedMail): string {
  return [mail.subject, mail.text ?? (mail.html || '')].filter(Boolean).join('\n');
}
