import type { Choice } from './chosen.ts';

/** What `npm run mutate` was asked for. */
export interface MutateOptions extends Choice {
  /** The stack's folder; this project's own by default. */
  stack?: string;
  /** Files of promtool tests that are scored instead of the stack's own promises. */
  tests: string[];
  /** A run by whose evidence panels and services are judged too; undefined: they aren't. */
  run?: string;
  /** Goes on where an earlier call was interrupted. */
  resume: boolean;
  /** 0 to 100; below it the exit code is 1. */
  minScore: number;
  /** Whether it is told how often the right cause is named first. */
  causes: boolean;
  format: 'text' | 'json';
  /** Where the result is written as a page. */
  html?: string;
  /** Where the report for Stryker's viewer is written. */
  stryker?: string;
  verbose: boolean;
}
