import type { GroundTruthSource } from '../../technologies/ground-truth.ts';
import { GROUND_TRUTH } from '../../technologies/registry.ts';
import { evaluateTruth, hullOf } from '../../ground-truth/evaluate.ts';
import type { Bounds, Known as KnownValue } from '../../ground-truth/evaluate.ts';
import type { Truth } from '../../ground-truth/check.ts';
import { bucketsFor } from '../buckets.ts';
import type { Known } from './known.ts';
import type { SteadySlot } from './load-slots.ts';

/**
 * A point of a panel's curve: its series' labels, its time, and the widest range of its query (run
 * ms).
 */
export interface Look {
  labels: Record<string, string>;
  at: number;
  windowMs: number;
}

/**
 * A scrape comes this much later than its sample says, or sees a counter that much older, ms: the
 * shorter the window, the more it weighs.
 */
const JITTER_MS = 100;
/** And this share for the extrapolation to the window's ends. */
const EXTRAPOLATED = 0.03;
/** Requests in a slot are few: one more or less at its edges. */
const COUNTED = 0.1;
/** Events at the edges of a window, or of a slot, that may lie on either side of it. */
const EDGE_EVENTS = 2;
/**
 * A counter's first event makes its series, and no rate sees it: so many of a life's first errors,
 * at most, are the first of their route and status.
 */
const FIRST_ERRORS = 10;

/** What an expression allows at a point; undefined where nobody knows. */
export function boundsAt({ expression }: Truth, known: Known, look: Look): Bounds | undefined {
  const value = evaluateTruth(expression, (name) => {
    const from = GROUND_TRUTH.get(name)?.from;
    return from && readAt(from, known, look);
  });
  if (!value) return undefined;
  const bounds = hullOf(value);
  return value.rate === undefined ? bounds : widen(bounds, inexact(look.windowMs));
}

/** What an expression allows in a slot of k6's account; undefined where it has no requests. */
export function boundsIn(
  { expression, comparison }: Truth,
  known: Known,
  slot: SteadySlot,
): Bounds | undefined {
  const value = evaluateTruth(expression, (name) => {
    const from = GROUND_TRUTH.get(name)?.from;
    return from && readIn(from, known, slot);
  });
  if (!value) return undefined;
  return comparison === 'mean' ? widen(hullOf(value), COUNTED) : hullOf(value);
}

function readAt(from: GroundTruthSource, known: Known, look: Look): KnownValue | undefined {
  const { at, windowMs } = look;
  const labels = pick(look.labels);
  switch (from.kind) {
    case 'level': {
      const value = known.level(from.metric, at, 0, labels);
      return value && one([value[0], value[1] + (from.others ?? 0)]);
    }
    case 'growth': {
      const rates = known.rates(from.metric, at, windowMs, { ...labels, ...from.labels });
      return rates && { ranges: rates.map((rate): Bounds => [rate, rate]), rate: 1 };
    }
    case 'stepped-rate': {
      const rate = known.level(`rate of ${from.metric}`, at, windowMs);
      if (!rate) return undefined;
      // What came late lies in the next window: so many more or fewer events.
      const late = rate[1] * known.plan.speed * (known.lagMs(`rate of ${from.metric}`) / 1000);
      const edge = (EDGE_EVENTS + late) / (windowMs / 1000) / known.plan.speed;
      const wide: Bounds = [Math.max(0, rate[0] - edge), rate[1] + edge];
      return one(widen(wide, inexact(windowMs) + COUNTED));
    }
    case 'events': {
      // What came between the last scrape of a service's life and its end is lost to any rate: more
      // where scrapes failed.
      if (!known.events.areFresh(at)) return undefined;
      const fromMs = at - windowMs;
      const sent = known.events.accepted(fromMs, at);
      const seen = known.events.accepted(fromMs, Math.max(fromMs, at - known.events.behindMs()));
      const perSecond = (events: number): number =>
        Math.max(0, events) / (windowMs / 1000) / known.plan.speed;
      const lost = EDGE_EVENTS + known.events.unscraped(at - windowMs, at);
      return one(widen([perSecond(seen - lost), perSecond(sent + EDGE_EVENTS)], COUNTED));
    }
    case 'up': {
      const up = known.up(look.labels['job'] ?? '', at);
      return up === undefined ? undefined : one([up, up]);
    }
    case 'requests':
    case 'response-time':
      return undefined;
  }
}

function readIn(
  from: GroundTruthSource,
  known: Known,
  { fromMs, toMs, count, errorsBefore }: SteadySlot,
): KnownValue | undefined {
  if (from.kind === 'response-time') {
    const { quantile } = from;
    return count.all > 0
      ? one(bucketsFor(known.bucketEdges, count.asked[quantile], count.waited[quantile]))
      : undefined;
  }
  if (from.kind !== 'requests') return undefined;
  const perSecond = (requests: number): number =>
    (Math.max(0, requests) * 1_000) / (toMs - fromMs) / known.plan.speed;
  if (from.which === 'all')
    return one([perSecond(count.all - EDGE_EVENTS), perSecond(count.all + EDGE_EVENTS)]);
  const unseen = EDGE_EVENTS + Math.max(0, FIRST_ERRORS - errorsBefore);
  return one([
    // Of so few, one more or less in the windows of some points is much.
    count.errors > FIRST_ERRORS ? perSecond(count.errors - unseen) : 0,
    perSecond(count.errors + EDGE_EVENTS),
  ]);
}

const one = (bounds: Bounds): KnownValue => ({ ranges: [bounds] });
/** By which share a rate over a window may be off. */
const inexact = (windowMs: number): number => EXTRAPOLATED + JITTER_MS / windowMs;
const widen = ([low, high]: Bounds, share: number): Bounds => [
  low - Math.abs(low) * share,
  high + Math.abs(high) * share,
];

/** Of a sum over everything nothing is known by job. */
function pick({ job, mountpoint, device }: Record<string, string>): Record<string, string> {
  return {
    ...(job === undefined ? {} : { job }),
    ...(mountpoint === undefined ? {} : { mountpoint }),
    ...(device === undefined ? {} : { device }),
  };
}
