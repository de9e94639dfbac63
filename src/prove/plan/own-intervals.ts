import { greatestCommonDivisor } from '../../lib/divisor.ts';
import type { VirtualSeries, VirtualWorld } from '../../model/virtual-world.ts';
import type { Provoked } from './tracks.ts';

/** More places for samples, in all series together, take promtool too long. */
const MOST_PLACES = 4_000_000;

/** A series, and how often it is scraped; undefined where nobody can tell. */
type Scraped = Omit<VirtualSeries, 'everyMs'> & { everyMs?: number | undefined };

/** How often anything is scraped in a world, and each of its series. */
type Scraping = Pick<VirtualWorld, 'scrapeMs' | 'gridMs' | 'series'>;

/**
 * Each series as often as its own job is scraped: what has two samples in its window there may have
 * one at another job's pace. All of them as seldom as the most seldom where that would be too many
 * places, or where nobody can tell how often each is.
 * @param otherwiseMs what it is then, where nothing is provoked
 */
export function atOwnIntervals(
  series: readonly Scraped[],
  provoked: readonly Provoked[],
  { endMs, otherwiseMs }: { endMs: number; otherwiseMs: number },
): Scraping {
  const own = provoked.flatMap(({ placed }) =>
    placed.flatMap(({ job, also = [] }) => [job.intervalMs, ...also.map((one) => one.everyMs)]),
  );
  const known = own.filter((ms) => ms !== undefined);
  const isKnown = known.length > 0 && known.length === own.length;
  const scrapeMs = isKnown ? Math.max(...known) : otherwiseMs;
  const finestMs = isKnown ? known.reduce(greatestCommonDivisor, 0) : scrapeMs;
  const isTooMuch = series.length * (endMs / finestMs) > MOST_PLACES;
  const gridMs = isTooMuch ? scrapeMs : finestMs;
  const every = (ms = scrapeMs): number => (ms % gridMs === 0 && !isTooMuch ? ms : scrapeMs);
  return {
    scrapeMs,
    gridMs,
    series: series.map((one) => ({ ...one, everyMs: every(one.everyMs) })),
  };
}
