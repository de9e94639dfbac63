import { z } from 'zod';
import { SIGNALS, VICTIMS } from './kill.ts';

/**
 * What came of a kill: `right`, or something of the run was left, or what is whole was blamed, or
 * it was told as a pass or not at all, or what was recorded until then can't be judged.
 */
export const KILL_OUTCOMES = [
  'right',
  'left-behind',
  'wrong-fail',
  'untold',
  'not-judged-again',
] as const;

/** A kill, a line of its log. */
export const killRunSchema = z.object({
  at: z.iso.datetime(),
  victim: z.enum(VICTIMS),
  signal: z.enum(SIGNALS),
  /** After the run's start, ms. */
  afterMs: z.number(),
  /** The command line that was hit; null: the run was over, or had no component yet. */
  hit: z.string().nullable(),
  outcome: z.enum(KILL_OUTCOMES),
  /** null: by a signal. */
  exitCode: z.number().nullable(),
  seconds: z.number(),
  /** What was left, or the last lines of the output where it isn't right. */
  detail: z.array(z.string()),
});

export type KillRun = z.infer<typeof killRunSchema>;
export type KillOutcome = KillRun['outcome'];

/** What was seen of a run that was disturbed. */
export interface SeenOfKill extends Pick<KillRun, 'victim' | 'signal' | 'hit' | 'exitCode'> {
  output: string;
  /** Processes and mounts that went on. */
  left: string[];
  /** Expectations that failed. */
  failed: number;
  /** Whether its components had begun to run: before that there is nothing to record. */
  began: boolean;
  /** Exit code of judging what was recorded once more; null: nothing was recorded. */
  judged: number | null;
}

/** What a disturbed run is worth. */
export function worthOf(seen: SeenOfKill): KillOutcome {
  if (seen.left.length > 0) return 'left-behind';
  if (seen.failed > 0 || seen.exitCode === 1) return 'wrong-fail';
  if (seen.hit === null) return seen.exitCode === 0 ? 'right' : 'untold';
  if (seen.victim === 'harness' && seen.signal === 'SIGKILL')
    return seen.exitCode === null ? 'right' : 'untold';
  if (!isTold(seen)) return 'untold';
  const isKept = seen.began ? seen.judged === seen.exitCode : seen.judged === null;
  return isKept ? 'right' : 'not-judged-again';
}

/** Who stands still for a moment may be proved again within the run; who is gone may not. */
function isTold({ victim, signal, exitCode, output }: SeenOfKill): boolean {
  if (signal === 'SIGSTOP') return exitCode === 0 || exitCode === 2;
  const word = victim === 'harness' ? /interrupted/i : /ended by itself|interrupted/i;
  return exitCode === 2 && word.test(output);
}
