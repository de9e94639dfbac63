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

/** Removes them; does nothing where they are gone already. */
export async function removeScratch(runDir: string): Promise<void> {
  await Promise.all(
    SCRATCH.map((path) => rm(join(runDir, path), { recursive: true, force: true })),
  );
}
