import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join, resolve } from 'node:path';

/** The project's own folder, absolute. */
export const PROJECT_DIR = fileURLToPath(new URL('../..', import.meta.url));

/** The project's own stack, absolute. */
export const OWN_STACK = join(PROJECT_DIR, 'stack');

/** The project's version, as package.json has it. */
export function projectVersion(): string {
  return (
    JSON.parse(readFileSync(join(PROJECT_DIR, 'package.json'), 'utf8')) as { version: string }
  ).version;
}

/** Where runs are kept: `$GTV_RUNS` (empty is unset), else `runs/` where the command was called. */
export function runsDir(): string {
  return resolve(process.env['GTV_RUNS'] || 'runs');
}

/** A new run's id: sorts by time, and two runs of one second don't meet. */
export function newRunId(now = new Date()): string {
  const stamp = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return `${stamp}-${randomBytes(2).toString('hex')}`;
}

/** The folder of a run, absolute. */
export function runDirOf(runId: string): string {
  return join(runsDir(), runId);
}
