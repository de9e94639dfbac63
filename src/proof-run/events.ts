/** What the process inside the run's namespaces is told. */
export interface ProofRequest {
  /** Absolute; the plan is `plan.json` in it. */
  runDir: string;
  versions: Record<string, string>;
}

/** What it says while it runs. */
export type ProofEvent =
  | { type: 'phase'; text: string }
  | { type: 'update'; doneMs: number; totalMs: number; waitingFor: string };
