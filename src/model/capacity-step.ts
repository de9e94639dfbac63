import type { Limit } from './dimension.ts';
import type { Figures } from './figures.ts';

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
