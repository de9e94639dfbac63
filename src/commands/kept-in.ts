import { relative } from 'node:path';
import { HarnessError, messageOf } from '../lib/errors.ts';
import { RunFolderGone } from '../lib/run-log.ts';

/**
 * Does something whose results are kept in a run's folder.
 * @param runDir absolute
 * @returns what it gave
 * @throws what it throws; where it was interrupted, that, and where is what was recorded until then
 */
export async function keptIn<T>(
  runDir: string,
  signal: AbortSignal,
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!signal.aborted || error instanceof RunFolderGone) throw error;
    throw new HarnessError(
      messageOf(signal.reason),
      `What was recorded until then is in ${relative(process.cwd(), runDir)}.`,
      { cause: error },
    );
  }
}
