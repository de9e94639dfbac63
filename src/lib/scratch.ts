import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Parts of a run's folder that only a living run needs: databases, the synthetic host, keys and
 * secrets.
 */
export const SCRATCH = [
  'data',
  'host',
  'tls',
  'etc/alertmanager/secrets',
  'etc/alertmanager/stand-ins',
  'etc/prometheus/stand-ins',
  'load-plan.json',
  's',
  'k6-summary.json',
];

/**
 * Removes them; does nothing where they are gone already. @throws the first error, when all that
 * may be removed is
 */
export async function removeScratch(runDir: string): Promise<void> {
  const outcomes = await Promise.allSettled(
    SCRATCH.map((path) => rm(join(runDir, path), { recursive: true, force: true })),
  );
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}
