import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Plan } from '../../model/plan.ts';

/** User that Alertmanager logs in with at the mail server; its password is made anew for each run. */
export const SMTP_USER = 'alertmanager';

/** Writes the sped-up stack into the run's folder, with secrets that lead to the run's own receivers. Returns the mail password. */
export async function writeStack(plan: Plan, runDir: string): Promise<string> {
  for (const file of plan.files) {
    const path = join(runDir, 'stack', file.path);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, file.text);
  }
  const secrets = join(runDir, 'stack', 'alertmanager', 'secrets');
  await mkdir(secrets, { recursive: true });
  const password = randomBytes(16).toString('hex');
  await writeFile(join(secrets, 'slack_api_url'), 'https://slack/services/run');
  await writeFile(join(secrets, 'smtp_password'), password, { mode: 0o600 });
  await writeFile(join(secrets, 'watchdog_url'), 'http://deadman/watchdog');
  await mkdir(join(runDir, 'data'), { recursive: true });
  return password;
}
