import type { StepRecord } from './capacity-step.ts';
import type { CapacityNeed, Dimension } from './dimension.ts';
import type { Culprit, SaturationPoint } from './saturation.ts';

/** One alert, provoked while the load lasted. */
export interface AlertUnderLoad {
  group: string;
  alert: string;
  outcome: 'pass' | 'fail' | 'inconclusive';
  /**
   * Longest time from the first breach to the first word to a person that is promised, and the one
   * that was measured, ms of the run.
   */
  promisedMs: number;
  deliveredMs: number | null;
  detail: string;
}

/** Whether alerting still worked at a share of the saturation point. */
export interface AlertingUnderLoad {
  /** 0.9: must work. 1.2: is told. */
  shareOfSaturation: number;
  load: number;
  mustWork: boolean;
  outcome: 'pass' | 'fail' | 'inconclusive';
  alerts: AlertUnderLoad[];
  detail: string;
}

/** What a search along one dimension has found. */
export interface DimensionResult {
  dimension: Dimension;
  steps: StepRecord[];
  saturationPoint: SaturationPoint;
  culprit: Culprit | null;
  /**
   * Load at which an alert is the first promise to break, with its name; null when it is no alert.
   */
  firstAlert: { alert: string; load: number } | null;
  /**
   * An alert that should have told of what broke, and would stay quiet: users wait before the
   * service begins to count. Null when there is none.
   */
  blindAlert: { alert: string; load: number; text: string } | null;
  alerting: AlertingUnderLoad[];
}

/** Whether the contract's need of a dimension is borne. */
export interface NeedVerdict {
  need: CapacityNeed;
  outcome: 'pass' | 'fail' | 'inconclusive';
  /** Saturation point ÷ peak; null without a peak or a saturation point. */
  headroom: number | null;
  text: string;
}

/** An earlier run's saturation point beside this one's. */
export interface SaturationComparison {
  dimension: string;
  outcome: 'better' | 'worse' | 'within the spread' | 'not comparable';
  before: number | null;
  now: number | null;
  text: string;
}

/** What can be expected of the machine that a saturation point was found on. */
export interface Machine {
  cores: number;
  cpuModel: string;
  memoryBytes: number;
}

/** All of a capacity run: `capacity.json`. */
export interface CapacityResult {
  schemaVersion: 2;
  runId: string;
  stackName: string;
  /** The URL that was loaded; null: the stack's own stand-ins. */
  target: string | null;
  /** Epoch ms. */
  startedAt: number;
  endedAt: number;
  machine: Machine;
  versions: Record<string, string>;
  dimensions: DimensionResult[];
  needs: NeedVerdict[];
  /** Null without a baseline. */
  comparisons: SaturationComparison[] | null;
  interruption: string | null;
  exitCode: 0 | 1 | 2;
}
