import type { SourceRef } from './source.ts';

export type Outcome = 'pass' | 'fail' | 'inconclusive';

/** Every kind of finding has a stable id; see docs/findings.md. */
export type FindingId =
  | 'watchdog-silent'
  | 'never-pending'
  | 'never-fired'
  | 'fired-early'
  | 'fired-late'
  | 'fired-below-limit'
  | 'fired-on-blip'
  | 'blip-unnoticed'
  | 'pending-late'
  | 'not-resolved'
  | 'not-received'
  | 'received-late'
  | 'resolution-not-received'
  | 'wrong-severity'
  | 'wrong-labels'
  | 'wrong-text'
  | 'not-inhibited'
  | 'unexpected-notification'
  | 'unexpected-alert'
  | 'silence-not-kept'
  | 'could-not-judge';

/** The judgement of one expectation. */
export interface Verdict {
  alert: string;
  /** Track it belongs to, e.g. `ServiceDown/backend`. */
  track: string;
  /** What was expected, short: `quiet below limit`, `fires on time`, `mail received`. */
  expectation: string;
  outcome: Outcome;
  /** Present unless it passed. */
  finding?: Finding;
  /** What was measured, for the report: e.g. `firing 5.00 s after active`. */
  measured?: string;
}

export interface Finding {
  id: FindingId;
  title: string;
  source: SourceRef | null;
  query: string | null;
  expected: string;
  seen: string;
  likelyCause: string;
}

export interface Judgement {
  schemaVersion: 1;
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
}
