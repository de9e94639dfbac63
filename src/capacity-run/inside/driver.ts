import type { Dimension } from '../../model/dimension.ts';
import type { StepMeasurement, StepRequest } from '../../model/capacity-step.ts';
import type { Plan } from '../../model/plan.ts';
import type { HarnessError } from '../../lib/errors.ts';
import type { Disposal } from '../../lib/disposal.ts';
import type { ProcessRuntime } from '../../runtimes/native/processes.ts';

/**
 * Components that a load may kill: the driver says which, and finds here who did. The death of any
 * other ends the run.
 */
export interface Subjects {
  names: Set<string>;
  /** Why, by name; the driver takes out what it has brought back. */
  died: Map<string, HarnessError>;
}

/** Where a driver works: inside the run's own namespaces, with nothing running yet. */
export interface DriverPlace {
  dimension: Dimension;
  /** The stack at real time (speed 1); its files are in /etc as production has them. */
  plan: Plan;
  /** Absolute; what is written belongs in here. */
  runDir: string;
  projectDir: string;
  /** k6's path. */
  k6: string;
  /** Loopback address of each of the stack's names. */
  addresses: Record<string, string>;
  runtime: ProcessRuntime;
  subjects: Subjects;
  /** Whatever is started is registered here before it starts; disposed after the last step. */
  disposal: Disposal;
  /** Says what is awaited, for the progress. */
  waitingFor: (what: string) => void;
  signal: AbortSignal;
}

/**
 * Applies loads of one dimension and measures what happens. Everything else (which load comes next,
 * whether a step counts, what gave out) is decided outside from what it returns.
 */
export interface DimensionDriver {
  /**
   * Applies one load for `warmUpMs` and, without a pause, for `measuredMs` more, and measures the
   * second part alone.
   * - Steps come one after the other, never side by side; a load is gone when its step is over.
   * - A figure that couldn't be measured is left out; it is never 0. Each figure of the dimension's
   *   limits must be there, in `figures` or, for a limit with a `part`, in `parts[part]`; a step
   *   without it doesn't count.
   * - A subject that refuses, hangs or dies is a measurement with `trouble`, not an error. After it
   *   the driver brings the subject back before the next step, or says the same again.
   * - What processes used comes from a `UseMeter`, begun and ended with the measured part
   *   (src/capacity-run/measure/use-meter.ts).
   * @throws the signal's reason when it's aborted; HarnessError when the harness itself failed,
   * which ends the run
   */
  step(request: StepRequest, signal: AbortSignal): Promise<StepMeasurement>;
}

/**
 * Brings the dimension's world up and resolves when it answers. @throws HarnessError that names
 * what doesn't
 */
export type DriverFactory = (place: DriverPlace) => Promise<DimensionDriver>;
