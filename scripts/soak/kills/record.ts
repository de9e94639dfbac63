import { z } from 'zod';
import type { Disturbance, Ending } from './disturbance.ts';

/**
 * What came of a kill: `right`, or it hit nobody (`missed`, which shows nothing), or something of
 * the run was left, or what is whole was blamed, or it was told as a pass or not at all, or what
 * was recorded until then can't be judged.
 */
export const KILL_OUTCOMES = [
  'right',
  'missed',
  'left-behind',
  'wrong-fail',
  'untold',
  'not-judged-again',
] as const;

/** A kill, a line of its log. */
export const killRunSchema = z.preprocess(
  ofToday,
  z.object({
    at: z.iso.datetime(),
    /** The disturbance's name. */
    kill: z.string(),
    /** After the run's start, ms. */
    afterMs: z.number(),
    /** What was hit; null: the run was over, or had no component yet. */
    hit: z.string().nullable(),
    outcome: z.enum(KILL_OUTCOMES),
    /** null: by a signal. */
    exitCode: z.number().nullable(),
    seconds: z.number(),
    /** What was left, or the last lines of the output where it isn't right. */
    detail: z.array(z.string()),
  }),
);

export type KillRun = z.infer<typeof killRunSchema>;
export type KillOutcome = KillRun['outcome'];

/** A line of when there were only signals, and who hit nobody counted as right. */
function ofToday(line: unknown): unknown {
  if (typeof line !== 'object' || line === null || !('victim' in line) || !('signal' in line))
    return line;
  const { victim, signal, ...rest } = line as Record<string, unknown>;
  const isMissed = rest['hit'] === null && rest['outcome'] === 'right';
  return {
    ...rest,
    kill: `${String(victim)} ${String(signal)}`,
    ...(isMissed ? { outcome: 'missed' } : {}),
  };
}

/** What was seen of a run that was disturbed. */
export interface SeenOfKill extends Ending {
  /** What was hit; null: nobody. */
  hit: string | null;
  /** Processes, mounts and files that were left. */
  left: string[];
  /** Expectations that failed. */
  failed: number;
  /** Whether its components had begun to run: before that there is nothing to record. */
  began: boolean;
  /** Exit code of judging what was recorded once more; null: nothing was recorded. */
  judged: number | null;
}

/** What a disturbed run is worth. */
export function worthOf(
  { isTold, endsHarness }: Pick<Disturbance, 'isTold' | 'endsHarness'>,
  seen: SeenOfKill,
): KillOutcome {
  if (seen.left.length > 0) return 'left-behind';
  if (seen.failed > 0 || seen.exitCode === 1) return 'wrong-fail';
  if (seen.hit === null) return seen.exitCode === 0 ? 'missed' : 'untold';
  if (!isTold(seen)) return 'untold';
  if (endsHarness) return 'right';
  // Where nothing began to run there may be a record of that, or none.
  const isKept = seen.judged === seen.exitCode || (!seen.began && seen.judged === null);
  return isKept ? 'right' : 'not-judged-again';
}
