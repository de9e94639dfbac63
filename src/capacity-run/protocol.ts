import type { Dimension } from '../model/dimension.ts';
import type { StepMeasurement, StepRequest } from '../model/capacity-step.ts';

/** What the harness hands to the world inside: paths only; the plan itself is a file. */
export interface WorldRequest {
  runDir: string;
  projectDir: string;
  k6: string;
  dimension: Dimension;
}

/** Lines of JSON from outside: one step after the other. The end of the input ends the world. */
export interface WorldCommand {
  type: 'step';
  request: StepRequest;
}

/** Lines of JSON from inside. */
export type WorldAnswer =
  | { type: 'waiting'; what: string }
  | { type: 'ready' }
  | { type: 'measured'; measurement: StepMeasurement }
  | { type: 'failed'; message: string; advice: string };
