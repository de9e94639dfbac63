import type { AlertRef, Unsolved } from './recipe.ts';
import type { SourceRef } from './source.ts';

/** Kinds of findings of a proof without a contract; see docs/findings.md. */
export const PROOF_FINDING_IDS = [
  'cannot-fire-here',
  'fired-unforeseen',
  'silent-beside-others',
  'fired-below-limit',
  'never-fired',
  'pending-late',
  'fired-early',
  'fired-late',
  'nobody-told',
  'not-received',
  'received-late',
  'not-resolved',
  'end-not-told',
  'text-broken',
  'metric-missing',
  'series-missing',
  'panel-empty',
  'panel-lacks-job',
  'no-alertmanager-named',
  'nothing-fires-always',
  'wrong-severity',
  'wrong-text',
  'promise-differs',
  'not-promised',
] as const;
export type ProofFindingId = (typeof PROOF_FINDING_IDS)[number];

export interface ProofFinding {
  id: ProofFindingId;
  level: 'failure' | 'advice';
  source: SourceRef | null;
  expected: string;
  seen: string;
  likelyCause: string;
}

/** What was done to an alert in a run, and what was seen of it: run ms after T0. */
export interface ProofLife {
  startMs: number;
  overAtMs: number;
  calmAtMs: number;
  endMs: number;
  /** Stretches in each state, from the first evaluation in it to the one that ended it. */
  pending: [fromMs: number, untilMs: number][];
  firing: [fromMs: number, untilMs: number][];
  /** When somebody was told of it; null: nobody was. */
  toldMs: number | null;
}

/** What became of one alert. */
export interface AlertProof {
  alert: AlertRef;
  outcome: 'proved' | 'virtual' | 'failed' | 'inconclusive';
  /** Why it is proved in virtual time alone, or why it couldn't be judged. */
  why: string;
  /**
   * From the limit to firing, and from firing to the first notification: run ms; null where it
   * wasn't seen.
   */
  firedAfterMs: number | null;
  toldAfterMs: number | null;
  /** Receivers that told somebody, and a message as people got it. */
  receivers: string[];
  message: string | null;
  /** Null where nothing was done live. */
  life: ProofLife | null;
  findings: ProofFinding[];
}

export interface ProofJudgement {
  schemaVersion: 1;
  stackName: string;
  speed: number;
  speedReason: string;
  outcome: 'pass' | 'fail' | 'inconclusive';
  exitCode: 0 | 1 | 2;
  /** How many alerts the stack has. */
  alerts: number;
  solved: number;
  /** How many of them its contract speaks of; null where there is none. */
  promised: number | null;
  proofs: AlertProof[];
  unsolved: Unsolved[];
  /** About the stack as a whole. */
  findings: ProofFinding[];
  notes: string[];
  /** When the run began, epoch ms. */
  startedAt: number;
  wallMs: number;
  /** How long it was planned to be, run ms. */
  lengthMs: number;
  /** Why it ended before its end. */
  interruption: string | null;
  versions: Record<string, string>;
}
