import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../lib/errors.ts';
import { fromExactJson } from '../lib/exact-json.ts';
import type { Evidence } from '../model/evidence.ts';

/** How much of a log belongs in a message. */
const LINES = 8;
/** By signal, where its sender is likely known. */
const LIKELY: Record<string, string> = {
  SIGKILL: 'The kernel kills so where memory runs out (dmesg tells); else somebody did. ',
};

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
      `${LIKELY[exit] ?? ''}The whole output is in logs/run.log of the run folder.`,
      { cause },
    );
  }
}
