import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { Notification } from '../../../model/evidence.ts';
import { readText } from './read-text.ts';
import type { Certificate } from '../../certificate.ts';

/** A mail server that demands STARTTLS and the password of the run, as production's does. */
export async function smtpSink(
  ip: string,
  tls: Certificate,
  login: { user: string; password: string },
  alertNames: string[],
  received: (notification: Notification) => void,
): Promise<AsyncDisposable> {
  const server = new SMTPServer({
    key: tls.key,
    cert: tls.cert,
    authMethods: ['PLAIN', 'LOGIN'],
    onAuth: (auth, _session, done) => {
      if (auth.username === login.user && auth.password === login.password)
        done(null, { user: auth.username });
      else done(new Error('wrong user or password'));
    },
    onData: (stream, session, done) => {
      const receivedAt = Date.now();
      simpleParser(stream).then((mail) => {
        const to = session.envelope.rcptTo.map((recipient) => recipient.address).join(', ');
        const text = mail.text ?? '';
        received({
          receivedAt,
          kind: 'email',
          to,
          raw: `Subject: ${mail.subject ?? ''}\n\n${text}`,
          ...readText(mail.subject ?? '', text, alertNames),
        });
        done();
      }, done);
    },
  });
  // A client that breaks off is seen as a missing mail; the server goes on.
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(587, ip, resolve);
  });
  return {
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
