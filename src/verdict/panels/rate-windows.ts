import { EXTRAPOLATION_THRESHOLD } from '../../lib/formulas.ts';
import type { TruthSeries } from '../../model/truth-series.ts';
import { between } from '../known-values.ts';
import type { Scrape } from '../scrapes/recorded.ts';

/** The scrapes that a rate over a range is made of, and what Prometheus makes of its ends. */
export interface RateWindow {
  first: Scrape;
  last: Scrape;
  /** What it adds to what lies between the two, at the range's beginning and at its end, ms. */
  beforeMs: number;
  afterMs: number;
  /** The range, ms. */
  windowMs: number;
}

/**
 * The windows that a rate may have been made of (promql/functions.go, `extrapolatedRate`): one, and
 * a second one where a sample lies exactly at the beginning of the range, which belongs to it in
 * Prometheus 2 and no longer in 3. Always two, so that those of several metrics of a job are alike;
 * undefined where there are too few samples for a rate.
 */
export function rateWindows(
  scrapes: Scrape[],
  at: number,
  windowMs: number,
): [RateWindow, RateWindow] | undefined {
  const inRange = scrapes.filter((scrape) => scrape.at >= at - windowMs && scrape.at <= at);
  const closed = windowOf(inRange, at, windowMs);
  const open = windowOf(
    inRange.filter((scrape) => scrape.at > at - windowMs),
    at,
    windowMs,
  );
  return closed && open ? [closed, open] : undefined;
}

function windowOf(inRange: Scrape[], at: number, windowMs: number): RateWindow | undefined {
  const [first, last] = [inRange[0], inRange.at(-1)];
  if (!first || !last || last === first) return undefined;
  const meanMs = (last.at - first.at) / (inRange.length - 1);
  const reached = (ms: number): number =>
    ms >= EXTRAPOLATION_THRESHOLD * meanMs ? meanMs / 2 : ms;
  return {
    ...{ first, last, windowMs },
    beforeMs: reached(first.at - (at - windowMs)),
    afterMs: reached(at - last.at),
  };
}

/**
 * Growth per ms that Prometheus makes of a window, at least and at most: it adds nothing from
 * before the counter was 0, and of the counter no more is known than by how much it had grown.
 * @param grown by how much it had grown until the window's first sample
 * @param growth by how much it grew in the window
 */
export function ratesOf(window: RateWindow, grown: number, growth: number): [number, number] {
  const { first, last, beforeMs, afterMs, windowMs } = window;
  const sampledMs = last.at - first.at;
  const sinceZeroMs = growth > 0 ? (sampledMs * Math.max(0, grown)) / growth : beforeMs;
  const rate = (addedMs: number): number =>
    ((growth / sampledMs) * (sampledMs + addedMs + afterMs)) / windowMs;
  return [rate(Math.min(beforeMs, sinceZeroMs)), rate(beforeMs)];
}

/** A sample may bear a time so much before its scrape began (scrape/scrape.go), ms. */
const STAMPED_MS = 2;

/** All rates per model second that a window may give, of a truth that only grows. */
export function ratesIn(truth: TruthSeries, window: RateWindow, speed: number): number[] {
  const base = truth.points[0]?.[2] ?? 0;
  return seenBy(truth, window.first).flatMap((start) =>
    seenBy(truth, window.last).flatMap((end) =>
      ratesOf(window, start - base, end - start).map((perMs) => (perMs * 1_000) / speed),
    ),
  );
}

/**
 * What a scrape may have read of a growing value: at its beginning, in its middle or at its end,
 * before a change that was under way then or after it. What one command does happens at one
 * instant, and where whoever sent it stood still, that may be far from the middle.
 */
function seenBy(truth: TruthSeries, { at, ms = 0 }: Scrape): number[] {
  const before = truth.points[0]?.[2] ?? 0;
  return [at, at + ms / 2, at + ms + STAMPED_MS].flatMap(
    (moment) => between(truth, moment, moment) ?? [before, before],
  );
}
