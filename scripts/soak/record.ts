import { z } from 'zod';
import type { Judgement } from '../../src/model/verdict.ts';
import { subjectId } from '../../src/model/expectation.ts';

/**
 * What a run under strain came to: `right`, or the machine didn't let it be judged, or it blamed
 * what is whole, or didn't tell what is broken, or ended without a judgement.
 */
export const OUTCOMES = [
  'right',
  'inconclusive',
  'wrong-fail',
  'wrong-pass',
  'no-judgement',
] as const;

/** One run of a soak, a line of its log. */
export const soakRunSchema = z.object({
  at: z.iso.datetime(),
  strain: z.string(),
  /** The fault that was planted; null: the stack as it is. */
  planted: z.string().nullable(),
  outcome: z.enum(OUTCOMES),
  exitCode: z.number(),
  seconds: z.number(),
  /** null without a judgement. */
  speed: z.number().nullable(),
  /** What failed or couldn't be judged, `about: finding`. */
  findings: z.array(z.string()),
});

export type SoakRun = z.infer<typeof soakRunSchema>;
export type SoakOutcome = SoakRun['outcome'];

/** Findings by what they are about, as `test/cases` writes them. */
export type Findings = Record<string, string[]>;

/**
 * What a judgement is worth, held against what was planted.
 * @param expected the findings that have to be told, and no other; empty: the stack is whole
 */
export function outcomeOf(judgement: Judgement | undefined, expected: Findings): SoakOutcome {
  if (!judgement) return 'no-judgement';
  const wanted = new Set(
    Object.entries(expected).flatMap(([about, ids]) => ids.map((id) => `${about}: ${id}`)),
  );
  const failed = new Set(foundIn(judgement, 'fail'));
  if ([...failed].some((one) => !wanted.has(one))) return 'wrong-fail';
  const isOpen = judgement.verdicts.some(({ outcome }) => outcome === 'inconclusive');
  if (isOpen || judgement.interruption !== null) return 'inconclusive';
  return [...wanted].every((one) => failed.has(one)) ? 'right' : 'wrong-pass';
}

/** What failed or couldn't be judged, `about: finding`. */
export function foundIn({ verdicts }: Judgement, outcome: 'fail' | 'inconclusive'): string[] {
  return verdicts
    .filter((verdict) => verdict.outcome === outcome)
    .flatMap(({ expectation, finding }) =>
      finding ? [`${subjectId(expectation.subject)}: ${finding.id}`] : [],
    );
}
