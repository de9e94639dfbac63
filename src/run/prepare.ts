import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Plan } from '../model/plan.ts';
import { hostsFile } from './addresses.ts';
import { writeCertificate } from './certificate.ts';
import { confined } from './confined.ts';

/** Where a run keeps the certificate of its receivers, in its folder. */
export const TLS = 'tls';
export const SECRETS = 'etc/alertmanager/secrets';

/**
 * Alertmanager's secrets for one run, by their paths: they lead to the run's own receivers. The
 * mail server's password is made anew for each run.
 */
export function alertmanagerSecrets(): Record<string, string> {
  return {
    [`${SECRETS}/slack_api_url`]: 'https://slack/services/run',
    [`${SECRETS}/smtp_password`]: randomBytes(16).toString('hex'),
    [`${SECRETS}/watchdog_url`]: 'http://deadman/watchdog',
  };
}

/**
 * Writes what is laid over /etc for the run: its hosts file, and the sped-up stack where production
 * has it (/etc/prometheus, /etc/alertmanager), with secrets that lead to the run's own receivers;
 * and their certificate.
 */
export async function writeEtc(plan: Plan, runDir: string): Promise<void> {
  const write = async (path: string, text: string, mode = 0o644): Promise<void> => {
    const full = join(runDir, path);
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, text, { mode });
  };
  await Promise.all([
    writeCertificate(join(runDir, TLS)),
    write('etc/hosts', hostsFile(plan)),
    ...plan.files.map(confined).map(({ path, text }) => write(join('etc', path), text)),
    ...Object.entries(alertmanagerSecrets()).map(([path, text]) => write(path, text, 0o600)),
  ]);
}
