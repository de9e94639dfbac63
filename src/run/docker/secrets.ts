import { randomBytes } from 'node:crypto';
import { TRUSTED } from '../../model/containers.ts';
import type { ContainerPlan, ContainersPlan, Logins, SecretForm } from '../../model/containers.ts';
import { RABBITMQ_USER } from '../../model/world.ts';
import type { Placed } from '../../runtimes/docker/archive.ts';
import { SECRETS, alertmanagerSecrets } from '../prepare.ts';

/** A run's secrets: each made once, when it is first asked for. */
export class RunSecrets {
  private readonly words = new Map<string, string>();
  private readonly alertmanager = alertmanagerSecrets();
  private readonly certificate: Buffer;

  /** @param certificate of the run's receivers */
  constructor(certificate: Buffer) {
    this.certificate = certificate;
  }

  /** What Alertmanager logs in with at the mail server. */
  get smtpPassword(): string {
    return this.alertmanager[`${SECRETS}/smtp_password`] ?? '';
  }

  /**
   * The files that a service's container gets: its secrets, and where receivers are told, whom to
   * trust.
   */
  filesOf({ secrets, environment }: ContainerPlan): Placed[] {
    const own = secrets.map(({ name, path, form }) => ({ path, content: this.text(name, form) }));
    if (environment['SSL_CERT_FILE'] !== TRUSTED) return own;
    return [
      ...own,
      { path: TRUSTED, content: this.certificate },
      ...Object.entries(this.alertmanager).map(([path, content]) => ({
        path: `/${path}`,
        content,
      })),
    ];
  }

  /** The logins of those who act on the databases and ask Grafana. */
  loginsOf({ logins }: ContainersPlan): Logins {
    return Object.fromEntries(
      Object.entries(logins).map(([who, { user, secret }]) => [
        who,
        {
          user: typeof user === 'string' ? user : this.word(user.secret),
          password: this.word(secret),
        },
      ]),
    );
  }

  private word(name: string): string {
    const word = this.words.get(name) ?? randomBytes(24).toString('hex');
    this.words.set(name, word);
    return word;
  }

  /** What stands in the secret's file. */
  private text(name: string, form: SecretForm): string {
    return form === 'word'
      ? this.word(name)
      : `default_user = ${RABBITMQ_USER}\ndefault_pass = ${this.word(name)}\n`;
  }
}
