import type { FindingId } from '../../../model/finding.ts';

// Which findings a doubt can explain, by what the machine or the harness has spoilt.

/**
 * What follows from a stimulus that came late or a receiver that was slow. Severity, words, routes
 * and Prometheus's own pending time don't.
 */
export const TIMED: FindingId[] = [
  'fired-below-limit',
  'fired-on-blip',
  'blip-unnoticed',
  'pending-late',
  'not-resolved',
  'received-late',
  'silence-not-kept',
  'watchdog-silent',
  'unexpected-notification',
  'not-inhibited',
  'never-fired',
];
/**
 * What follows from evaluations that didn't take place: when states begin, and whether they are
 * seen at all.
 */
export const EVALUATED: FindingId[] = [...TIMED, 'never-pending', 'fired-early', 'fired-late'];
/**
 * Without what neither lost scrapes nor a harness that was held up can bring about: that people are
 * told of what follows from an outage. A lost scrape makes a target count as down for longer, and
 * what the harness then did late is a doubt of its own.
 */
const butInhibition = (ids: FindingId[]): FindingId[] => ids.filter((id) => id !== 'not-inhibited');
/** What follows from scrapes that were lost or late. */
export const SCRAPED = butInhibition(EVALUATED);
/**
 * What follows from a scrape that came late, and told nothing wrong: something brief is seen by
 * nobody, or something is seen a little later.
 */
export const SEEN_LATE: FindingId[] = [
  'fired-on-blip',
  'blip-unnoticed',
  'pending-late',
  'not-resolved',
];
/** What follows from a harness that was held up. */
export const HELD_UP = butInhibition(TIMED);
/**
 * What follows from a load that was thinner than planned: on which side of a limit the world was.
 */
export const COUNTED: FindingId[] = [
  'fired-below-limit',
  'fired-on-blip',
  'blip-unnoticed',
  'never-pending',
  'pending-late',
  'never-fired',
  'not-resolved',
];
/** What follows from an alert that was active too briefly for Alertmanager to tell of it. */
export const UNTOLD: FindingId[] = ['not-received', 'resolution-not-received'];
/** What follows from an end that came when something else was being done already. */
export const ENDED: FindingId[] = ['received-late', 'resolution-not-received', 'not-resolved'];
/** What an expression that never has a value gives. */
export const WITHOUT_VALUE: FindingId[] = ['blip-unnoticed', 'never-pending'];
