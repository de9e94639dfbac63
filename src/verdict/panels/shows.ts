import { readTruth } from '../../ground-truth/check.ts';
import type { Truth } from '../../ground-truth/check.ts';
import type { Bounds } from '../../ground-truth/evaluate.ts';
import type { Series } from '../../model/evidence.ts';
import type { Verdict } from '../../model/verdict.ts';
import { failed, passed, unjudgedPanel } from './context.ts';
import type { Answered, PanelContext } from './context.ts';
import type { Known } from './known.ts';
import { boundsAt, boundsIn } from './truth.ts';

/** Fewer points or slots than this prove nothing. */
const LEAST = 2;
/** So many points of a slot, at least, stand for it: one or two are as few requests. */
const LEAST_IN_SLOT = 3;
/** Values are compared as they were computed. */
const ROUNDING = 1e-6;
/**
 * When the harness itself was held up for longer than this, ms, nothing is said of the time around
 * it.
 */
const LAG_MS = 250;
const AROUND_LAG_MS = 1_500;

/** One value that was held against the truth. */
export interface Compared {
  at: number;
  /** Until when these bounds hold: a slot's end; the same moment for a single point. */
  untilMs: number;
  value: number;
  bounds: Bounds;
  labels: Record<string, string>;
}

/**
 * What a panel shows is what was really done: one verdict for each query that shows a quantity
 * known from outside.
 */
export function showsTruth(c: PanelContext, known: Known): Verdict[] {
  return c.answered.flatMap((answered) => {
    const { shows } = answered.query;
    if (shows === null || answered.series.length === 0) return [];
    const expectation = {
      kind: 'shows-truth',
      phase: null,
      refId: c.answered.length === 1 ? null : answered.query.refId,
    } as const;
    const compared = compare(answered, shows, known);
    const wrong = compared.filter(
      ({ value, bounds: [low, high] }) =>
        value < low - ROUNDING * Math.abs(low) - ROUNDING ||
        value > high + ROUNDING * Math.abs(high) + ROUNDING,
    );
    const first = wrong[0];
    if (first) {
      return [
        failed(
          c,
          expectation,
          'panel-value-differs',
          {
            title: `${c.panel.id} shows something else than what was done`,
            expected: `${shows}: ${figures(first.bounds)}, ${((first.at - known.t0) / 1000).toFixed(1)} s after T0`,
            seen:
              `${figure(first.value)} for ${JSON.stringify(first.labels)}; ${wrong.length} of ` +
              `${compared.length} differ`,
            likelyCause:
              'The query counts something else, sums too much or too little, multiplies by a wrong ' +
              'factor, or its window is too wide.',
          },
          answered,
        ),
      ];
    }
    if (compared.length < LEAST && !answered.query.instant)
      return [
        unjudgedPanel(
          c,
          expectation,
          `${compared.length} values could be compared with ${shows}`,
          'The run was too short or too unsteady for this panel.',
        ),
      ];
    if (compared.length === 0)
      return [
        unjudgedPanel(
          c,
          expectation,
          `no value could be compared with ${shows}`,
          'The run ended in a moment of change.',
        ),
      ];
    return [passed(c, expectation, `${compared.length} values of ${shows}`)];
  });
}

function compare(answered: Answered, shows: string, known: Known): Compared[] {
  return answered.series.flatMap((series) => compareSeries(series, answered, shows, known));
}

/**
 * Each value of one curve that can be held against the truth; those of which nobody knows are left
 * out.
 */
export function compareSeries(
  series: Series,
  answered: Answered,
  shows: string,
  known: Known,
): Compared[] {
  const truth = readTruth(shows);
  const { windowMs } = answered.query;
  return truth.comparison === 'moment'
    ? points(series, (at) => boundsAt(truth, known, { at, labels: series.labels, windowMs }), known)
    : slots(series, answered, truth, known);
}

function points(
  { labels, samples }: Series,
  bounds: (at: number) => Bounds | undefined,
  known: Known,
): Compared[] {
  return samples.flatMap(([at, value]) => {
    const allowed = Number.isNaN(value) || isHeldUp(known, at) ? undefined : bounds(at);
    return allowed ? [{ at, untilMs: at, value, bounds: allowed, labels }] : [];
  });
}

/**
 * One comparison for each steady slot: of the points whose whole window lies in it. Where the
 * harness was held up within a slot, the few points that are left of it don't stand for it.
 */
function slots(
  { labels, samples }: Series,
  { query }: Answered,
  truth: Truth,
  known: Known,
): Compared[] {
  return known.slots.steady(labels['job'] ?? '').flatMap((slot): Compared[] => {
    const { fromMs, toMs } = slot;
    const inside = samples.filter(([at]) => at >= fromMs + query.windowMs && at <= toMs);
    const values = inside.map(([, value]) => value).filter((value) => !Number.isNaN(value));
    const bounds = boundsIn(truth, known, slot);
    if (!bounds || values.length < LEAST_IN_SLOT || inside.some(([at]) => isHeldUp(known, at)))
      return [];
    return [
      {
        at: fromMs,
        untilMs: toMs,
        value:
          truth.comparison === 'mean'
            ? values.reduce((a, b) => a + b) / values.length
            : median(values),
        bounds,
        labels,
      },
    ];
  });
}

function isHeldUp(known: Known, at: number): boolean {
  return known.evidence.lags.some(
    (lag) => lag.ms > LAG_MS && Math.abs(lag.at - at) < AROUND_LAG_MS + lag.ms,
  );
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

function figure(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function figures([low, high]: Bounds): string {
  return low === high ? figure(low) : `${figure(low)} to ${figure(high)}`;
}
