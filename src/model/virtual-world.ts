import type { Shape } from './recipe.ts';

/** A whole world of series and rules, in the stack's own time from 0: ms. */
export interface VirtualWorld {
  /** Rule files, durations as the stack has them. */
  ruleFiles: string[];
  /** Rule groups, each behind those that record what it reads. */
  groupOrder: string[];
  /** How often what is scraped most seldom is. */
  scrapeMs: number;
  /** What all intervals of scraping are multiples of. */
  gridMs: number;
  evaluationMs: number;
  endMs: number;
  series: VirtualSeries[];
}

/** A series as Prometheus has it; absent before its first step. */
export interface VirtualSeries {
  metric: string;
  labels: Record<string, string>;
  /** How often it is scraped. */
  everyMs: number;
  steps: { atMs: number; shape: Shape }[];
}

/** An alert's instance that was ever active, and at which evaluations. */
export interface VirtualStates {
  /** With `alertname`, without `alertstate`. */
  labels: Record<string, string>;
  active: number[];
  firing: number[];
}

/** What a world came to; rules that the engine couldn't evaluate end it. */
export type VirtualOutcome =
  { states: VirtualStates[] } | { errors: { rule: string; error: string }[] };
