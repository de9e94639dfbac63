import type { Expectation } from './expectation.ts';
import type { Finding } from './finding.ts';

export type Outcome = 'pass' | 'fail' | 'inconclusive';

/** The judgement of one expectation. */
export interface Verdict {
  expectation: Expectation;
  outcome: Outcome;
  /** Present unless it passed. */
  finding?: Finding;
  /** What was measured, for the report: e.g. `firing 5.00 s after active`. */
  measured?: string;
  /** The figure in it, or in what a finding has seen in its place. */
  figure?: Figure;
  /** Tracks in which it was spoilt, where those are fewer than what it is about. */
  spoiltTracks?: string[];
}

/**
 * What can be compared from run to run: a time of the run, how often something was seen, or both.
 */
export interface Figure {
  seconds?: number;
  times?: number;
}

/** What the check beside a run found wrong in the stack's files. */
export interface FilesVerdict {
  /** How many things, in files that what was proved depends on. */
  wrong: number;
  /** Why they couldn't be checked, or not wholly; null: they were. */
  unchecked: string | null;
}

export interface Judgement {
  schemaVersion: 3;
  runId: string;
  stackName: string;
  speed: number;
  outcome: Outcome;
  exitCode: 0 | 1 | 2;
  verdicts: Verdict[];
  counts: { pass: number; fail: number; inconclusive: number };
  /** Wall time and the plan's own critical path, ms. */
  wallMs: number;
  criticalPathMs: number;
  versions: Record<string, string>;
  interruption: string | null;
  /** What of the stack was to be proved; null: everything. */
  selection: string | null;
  /** What became of the stack's files; null: nobody has looked at them yet. */
  files: FilesVerdict | null;
  /** What this runtime can't judge at all, and why: neither passed nor failed. */
  notJudged: { what: string; why: string }[];
}
