import type { FigureName, Figures } from './figures.ts';
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

/** One load to be applied. */
export interface StepRequest {
  /** Names the step's files: `requests-1-3400-2`. */
  id: string;
  load: number;
  warmUpMs: number;
  measuredMs: number;
}

/** What a process used in the measured part. */
export interface ProcessUse {
  name: string;
  role: 'generator' | 'subject' | 'stack' | 'harness';
  cpuCores: number;
  /** The most it can use: 1 for a program with one event loop, else the machine's cores. */
  cpuLimitCores: number;
  memoryBytes: number;
  /** Null where the kernel doesn't tell. */
  openFiles: number | null;
  openFilesLimit: number | null;
}

/** Why a step can't be judged by its figures. */
export type TroubleKind =
  /** The target refused from the first request on. */
  | 'refused'
  /** The target took connections and answered nothing. */
  | 'hung'
  /** The target answered, and then no more; or its process ended. */
  | 'died'
  /** k6 or the harness failed. */
  | 'harness';

/** What was measured at one load. */
export interface StepMeasurement {
  load: number;
  /** Epoch ms. */
  startedAt: number;
  warmUpMs: number;
  /** As it really was. */
  measuredMs: number;
  figures: Figures;
  /** The same by part (by service), where there are parts. */
  parts: Record<string, Figures>;
  processes: ProcessUse[];
  trouble: { kind: TroubleKind; detail: string } | null;
}

/** A limit that wasn't kept. */
export interface Breach {
  limit: Limit;
  value: number;
}

/** Why a step says nothing about the subject: it is repeated, and never counted. */
export type InvalidReason =
  /** The generator couldn't send what it should. */
  | 'generator'
  /** Other processes, or other machines, took the CPU. */
  | 'busy-machine'
  /** A figure that a limit needs wasn't measured. */
  | 'not-measured'
  | TroubleKind;

export type StepVerdict =
  | { outcome: 'holds' }
  | { outcome: 'breaks'; breaches: Breach[] }
  | { outcome: 'invalid'; reason: InvalidReason; detail: string };

/** Why the search asked for a step. */
export type StepReason = 'doubling' | 'bisection' | 'confirmation' | 'again';

/** A finished step: what a run keeps of it, one JSON line each. */
export interface StepRecord {
  dimension: string;
  /** Counts from 1. */
  repetition: number;
  reason: StepReason;
  measurement: StepMeasurement;
  verdict: StepVerdict;
}

/** What one repetition of the search found. */
export interface SaturationOfRepetition {
  repetition: number;
  /** The highest load that held; 0 when none did. */
  holds: number;
  /** The lowest that broke, twice; null when none did. */
  breaks: number | null;
  /** What kept the search from going further: the dimension's own maximum, or the generator. */
  limitedBy: 'max' | 'generator' | null;
  /** A higher load held although a lower one broke, twice. */
  notMonotonic: boolean;
}

/** The highest load that holds. */
export type SaturationPoint =
  /**
   * Median of the repetitions, and how far they lie apart (largest less smallest, as a share of the
   * median).
   */
  | { kind: 'found'; load: number; spread: number; repetitions: SaturationOfRepetition[] }
  /** It holds up to here, and nobody could look further. */
  | {
      kind: 'at least';
      load: number;
      spread: number;
      limitedBy: 'max' | 'generator';
      repetitions: SaturationOfRepetition[];
    }
  | { kind: 'inconclusive'; reason: string; repetitions: SaturationOfRepetition[] };

export const RESOURCES = [
  'CPU',
  'memory',
  'event loop',
  'file handles',
  'scrape duration',
  'rule evaluation',
  'ingestion',
  'query time',
  'generator',
  'unknown',
] as const;
export type Resource = (typeof RESOURCES)[number];

/** The resource that gave out first. */
export interface Culprit {
  resource: Resource;
  /** Whose: a process, or `the machine`. */
  of: string;
  /** The load at which it was at its limit. */
  load: number;
  /** What was measured there, and what it can be at most. */
  figure: string;
  value: number;
  limit: number;
  /** All of it in a sentence. */
  text: string;
}

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
