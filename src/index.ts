/** What a program gets that reads a run's files: the types of `report.json` and `capacity.json`. */
export type { CapacityResult } from './model/capacity.ts';
export type { Judgement, Verdict } from './model/verdict.ts';
