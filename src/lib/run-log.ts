import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HarnessError } from './errors.ts';

/** A run's folder is gone, and with it what was recorded. */
export class RunFolderGone extends HarnessError {
  override name = 'RunFolderGone';
}

/**
 * Keeps what a run said apart from its events, in `logs/run.log` of its folder.
 * @throws RunFolderGone when nothing that was recorded is left to be judged
 */
export async function keepRunLog(runDir: string, text: string): Promise<void> {
  const path = join(runDir, 'logs', 'run.log');
  try {
    await writeFile(path, text);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    // What was only just dying may have made a part of it anew.
    const gone = existsSync(runDir) ? dirname(path) : runDir;
    throw new RunFolderGone(
      `the run's folder was removed while it ran: ${gone} is gone, and with it what was recorded`,
      'Run it again, and leave its folder alone until it has ended. Where something else tidies ' +
        'that place up, set GTV_RUNS to a folder that it leaves alone.',
      { cause },
    );
  }
}
