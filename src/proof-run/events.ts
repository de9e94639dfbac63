import type { Componented } from './inside/components.ts';

/** What the process inside the run's namespaces is told. */
export interface ProofRequest {
  /** Absolute; the plan is `plan.json` in it. */
  runDir: string;
  versions: Record<string, string>;
  /** Set where nothing is proved: real components are started, and what they tell is kept. */
  sample?: Componented;
}

/** What a sample keeps: each text by its job, in the run's folder. */
export const SAMPLED = 'sampled.json';

/** What it says while it runs. */
export type ProofEvent =
  | { type: 'phase'; text: string }
  | { type: 'update'; doneMs: number; totalMs: number; waitingFor: string };
