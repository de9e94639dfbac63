import type { AlertRef, Unsolved } from './recipe.ts';
import type { SourceRef } from './source.ts';

/** Kinds of findings of a proof without a contract; see docs/findings.md. */
export const PROOF_FINDING_IDS = [
  'cannot-fire-here',
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
  'no-alertmanager-named',
  'nothing-fires-always',
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

/** What became of one alert. */
export interface AlertProof {
  alert: AlertRef;
  outcome: 'proved' | 'virtual' | 'failed' | 'inconclusive';
  /** Why it is proved in virtual time alone, or why it couldn't be judged. */
  why: string;
  /** From the limit to firing, and from firing to the first notification: run ms; null where it wasn't seen. */
  firedAfterMs: number | null;
  toldAfterMs: number | null;
  /** Receivers that told somebody, and a message as people got it. */
  receivers: string[];
  message: string | null;
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
  proofs: AlertProof[];
  unsolved: Unsolved[];
  /** About the stack as a whole. */
  findings: ProofFinding[];
  notes: string[];
  wallMs: number;
  versions: Record<string, string>;
}
