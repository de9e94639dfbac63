import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../lib/errors.ts';
import { fromExactJson } from '../lib/exact-json.ts';
import { WHO_KILLED } from '../lib/killed.ts';
import type { Evidence } from '../model/evidence.ts';

/** How much of a log belongs in a message. */
const LINES = 8;

/**
 * What the run inside has left in its folder when it ended.
 * @param exit its exit code or signal
 * @param log what it said apart from its events
 * @throws HarnessError with the end of the log when there is no evidence
 */
export async function readEvidence(
  runDir: string,
  exit: string | number,
  log: string,
): Promise<Evidence> {
  try {
    return fromExactJson<Evidence>(await readFile(join(runDir, 'evidence.json'), 'utf8'));
  } catch (cause) {
    const words = log.trimEnd().split('\n').slice(-LINES).join('\n');
    throw new HarnessError(
      `the run ended without evidence (exit ${exit}): ${words || 'it wrote nothing'}`,
      `${exit === 'SIGKILL' ? `${WHO_KILLED} ` : ''}The whole output is in logs/run.log of the run folder.`,
      { cause },
    );
  }
}
