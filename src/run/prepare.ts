import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Plan } from '../model/plan.ts';
import { hostsFile } from './addresses.ts';

/** User that Alertmanager logs in with at the mail server; its password is made anew for each run. */
export const SMTP_USER = 'alertmanager';
export const SECRETS = 'etc/alertmanager/secrets';

/**
 * Writes what is laid over /etc for the run: its hosts file, and the sped-up stack where production has it
 * (/etc/prometheus, /etc/alertmanager), with secrets that lead to the run's own receivers.
 */
export async function writeEtc(plan: Plan, runDir: string): Promise<void> {
  const write = async (path: string, text: string, mode = 0o644): Promise<void> => {
    const full = join(runDir, path);
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, text, { mode });
  };
  await Promise.all([
    write('etc/hosts', hostsFile(plan)),
    ...plan.files.map((file) => write(join('etc', file.path), file.text)),
    write(`${SECRETS}/slack_api_url`, 'https://slack/services/run'),
    write(`${SECRETS}/smtp_password`, randomBytes(16).toString('hex'), 0o600),
    write(`${SECRETS}/watchdog_url`, 'http://deadman/watchdog'),
  ]);
}
