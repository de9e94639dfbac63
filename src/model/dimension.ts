import type { FigureName } from './figures.ts';
import type { SourceRef } from './source.ts';

/** One direction in which a load can grow, and the promises that must hold while it does. */
export interface Dimension {
  /** `requests`, `requests/api`, `targets`: the command line's word. */
  id: string;
  /** "requests to all services" */
  title: string;
  /** Unit of a load: `requests/s`, `targets`. */
  unit: string;
  /** First load of the search. */
  start: number;
  /** The search goes no further. */
  max: number;
  /**
   * How near the highest load that holds and the lowest that breaks have to come, as a share of the
   * latter.
   */
  tolerance: number;
  /**
   * By how much every duration of the stack is divided, and with it every count that lasts
   * (targets, rules); 1 where real time is fast enough.
   */
  speed: number;
  /** How long a load lasts before it is measured, and how long it is measured, ms. */
  warmUpMs: number;
  measuredMs: number;
  /** What a step has to keep. At least one. */
  limits: Limit[];
  /** Key under the contract's `capacity:` that speaks of this dimension; null when none does. */
  need: string | null;
}

/** A promise about one figure. */
export interface Limit {
  /** "p95 of api" */
  title: string;
  figure: FigureName;
  /** Part of the measurement (a service) that it is about; null: the whole. */
  part: string | null;
  bound: 'at most' | 'at least';
  value: number;
  /** The alert that would fire, and where it stands; null when no alert watches it. */
  alert: string | null;
  source: SourceRef | null;
}

/**
 * What the contract says of a dimension: what production has today, and what the stack must bear.
 */
export interface CapacityNeed {
  /** The `need` of a dimension: `requests`. */
  dimension: string;
  /** What production has at its busiest today. */
  peak: number | null;
  /** What must hold. */
  need: number | null;
  source: SourceRef;
}
