import type { StimulusKind } from '../model/contract.ts';

/** What a level of a kind of stimulus is, and what it may be. */
export interface Level {
  meaning: string;
  min: number;
  max: number;
  integer?: true;
}

/** The kinds of stimulus with their levels; null where there is nothing to set. */
export const LEVELS: Record<StimulusKind, Level | null> = {
  'host-cpu': { meaning: "share of the synthetic host's CPU time in use", min: 0, max: 1 },
  'host-memory': { meaning: "share of the synthetic host's memory in use", min: 0, max: 1 },
  'disk-free': { meaning: 'share of its data file system that is free', min: 0, max: 1 },
  'request-errors': {
    meaning: "share of a `service`'s requests that are answered with a 5xx",
    min: 0,
    max: 1,
  },
  'request-latency': {
    meaning: "share of a `service`'s requests that take 1.2 s; a tenth of the others takes 0.9 s",
    min: 0,
    max: 1,
  },
  // The upper bounds of these two are what one load generator can do.
  streams: { meaning: 'streams held open', min: 0, max: 1_000, integer: true },
  'cameras-offline': {
    meaning: 'cameras that are offline, of 100',
    min: 0,
    max: 100,
    integer: true,
  },
  'recording-errors': { meaning: "errors per second of the stack's own time", min: 0, max: 10 },
  'postgres-connections': {
    meaning: 'share of `max_connections` (50) that clients hold open',
    min: 0,
    max: 0.9,
  },
  'redis-hits': { meaning: 'share of lookups that hit', min: 0, max: 1 },
  'queued-messages': { meaning: 'messages that wait', min: 0, max: 10_000, integer: true },
  'stored-objects': { meaning: "share of the object storage's capacity", min: 0, max: 1 },
  outage: null,
  always: null,
};
export const LEVEL_NAMES = ['near', 'over', 'calm'] as const;

export const STIMULUS_KINDS = Object.keys(LEVELS) as StimulusKind[];

/** Whether a kind needs to be told which service's requests it is about. */
export function needsService(kind: StimulusKind): boolean {
  return kind.startsWith('request-');
}
