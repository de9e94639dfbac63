import { join } from 'node:path';
import { HarnessError } from '../../lib/errors.ts';

/** Longest path that a Unix socket may have (sun_path of unix(7)). */
const LONGEST = 107;

/**
 * Where the run's inside can be reached from outside: its network has nothing but a loopback device
 * of its own, but a Unix socket is a file.
 * @throws HarnessError when the run's folder has too long a path
 */
export function socketPath(runDir: string, name: string): string {
  const path = join(runDir, 's', name);
  if (path.length > LONGEST)
    throw new HarnessError(
      `the run folder ${runDir} has too long a path for a socket in it`,
      'Name a shorter one in GTV_RUNS.',
    );
  return path;
}

/** The socket by which a stack that is up is told what to do. */
export const REMOTE = 'remote';
