import { lastWhile } from '../lib/sorted.ts';
import type { Evidence } from '../model/evidence.ts';
import type { TruthSeries } from '../model/truth-series.ts';
import { scrapesOf } from './scrapes/recorded.ts';

/**
 * As {@link between}, for a truth that is looked up now and then: around a change nobody knows what
 * was between two looks, so only where it stood still is it known at all.
 */
export function valuesAt(
  truth: TruthSeries,
  fromMs: number,
  toMs: number,
): [number, number] | undefined {
  const bounds = between(truth, fromMs - truth.lagMs, toMs + truth.lagMs);
  return bounds && truth.lagMs > 0 && bounds[0] !== bounds[1] ? undefined : bounds;
}

/**
 * How many connections may go on at a service though nobody sees them: those of scrapes that failed
 * before a moment, where only the clients' ends are seen.
 */
export function unseenBehind(
  truth: TruthSeries,
  evidence: Evidence,
  job: string,
): (at: number) => number {
  if (truth.clientEnds !== true) return () => 0;
  const scrapes = scrapesOf(evidence, job);
  const begun = scrapes.findIndex(({ failed }) => !failed);
  const failures = scrapes.slice(Math.max(0, begun)).filter(({ failed }) => failed);
  return (at) => failures.filter((scrape) => scrape.at < at).length;
}

/**
 * Least and greatest value that the truth allows for a look at the world between two moments;
 * undefined before anything is known.
 */
export function between(
  truth: TruthSeries,
  fromMs: number,
  toMs: number,
): [number, number] | undefined {
  const { points } = truth;
  // The last change that was surely over when the look began, and all that may have begun before it
  // ended.
  const settled = lastWhile(points, ([, to]) => to <= fromMs);
  const begun = lastWhile(points, ([from]) => from <= toMs);
  if (settled < 0 || begun < 0) return undefined;
  const values = points.slice(settled, begun + 1).map(([, , value]) => value);
  return [Math.min(...values), Math.max(...values)];
}
