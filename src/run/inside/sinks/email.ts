import { onlyFrom } from '../../../lib/only-from.ts';
import type { Sink, SinkContext } from './sink.ts';

/** A mail server that demands STARTTLS and the password of the run, as production's does. */
export const email: Sink = { kind: 'email', host: 'smtp', start: startServer };

async function startServer(context: SinkContext): Promise<AsyncDisposable> {
  const { ip, from, tls, smtpPassword, deliver } = context;
  // Loaded when it is needed: what a run begins with needn't wait for it.
  const [{ simpleParser }, { SMTPServer }] = await Promise.all([
    import('mailparser'),
    import('smtp-server'),
  ]);
  const server = new SMTPServer({
    key: tls.key,
    cert: tls.cert,
    authMethods: ['PLAIN', 'LOGIN'],
    onAuth: (auth, _session, done) => {
      // Whoever production's server knows: by which name is no matter of the run's.
      if (auth.password === smtpPassword) done(null, { user: auth.username ?? '' });
      else done(new Error('wrong user or password'));
    },
    onData: (stream, session, done) => {
      const receivedAt = Date.now();
      simpleParser(stream).then((mail) => {
        const to = session.envelope.rcptTo.map((recipient) => recipient.address).join(', ');
        const [subject, body] = [mail.subject ?? '', mail.text ?? ''];
        const raw = `Subject: ${subject}\n\n${body}`;
        deliver({ receivedAt, kind: 'email', to, text: `${subject}\n${body}`, raw });
        done();
      }, done);
    },
  });
  // A client that breaks off is seen as a missing mail; the server goes on.
  server.on('error', () => undefined);
  onlyFrom(server.server, from);
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(587, ip('smtp'), resolve);
  });
  return {
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
