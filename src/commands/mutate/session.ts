import type { Examples } from '../../check/index.ts';
import { runCases } from '../../engine/confirm.ts';
import type { Case, Verdict } from '../../engine/confirm.ts';
import type { Progress } from '../../lib/progress.ts';
import type { CheckFile } from '../../model/check.ts';
import type { MutantResult } from '../../model/mutation.ts';
import type { Stack } from '../../stack/index.ts';
import type { Journal } from './journal.ts';
import type { OverRun } from './over-run.ts';
import type { Subjects } from './subjects.ts';

/**
 * A mutant that the engine finds no end with is told as such. Forty honest ones that look back over
 * days take a minute, and more beside others: what is ended too early is all done again.
 */
const LIMITS = { batchMs: 240_000, caseMs: 10_000 };

/** All that mutants are judged with. */
export interface Session {
  dir: string;
  files: CheckFile[];
  stack: Stack;
  promtool: string;
  subjects: Subjects;
  progress: Progress;
  journal: Journal;
  signal: AbortSignal;
  over: OverRun | undefined;
  examples: Examples;
  /** The tests are scored alone: what is seen in the files without them counts for nothing. */
  alone: boolean;
}

/** Tells of one mutant what became of it. */
export type Keep = (result: MutantResult) => void;

/** promtool, asked for many cases at a time. */
export function engineOf({ promtool, signal }: Session): (cases: Case[]) => Promise<Verdict[]> {
  return (cases) => runCases(promtool, cases, signal, LIMITS);
}

/** Metrics of which the contract promises one series for each target. */
export function singleIn({ contract }: Stack): (metric: string) => boolean {
  const single = contract?.metrics.filter(({ series }) => series === 1).map(({ name }) => name);
  return (metric) => single?.includes(metric) ?? false;
}
