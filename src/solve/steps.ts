import { COMPARISONS, children } from '../promql/ast.ts';
import type { Call, Expr } from '../promql/ast.ts';
import { constantOf } from '../promql/constant.ts';
import { LOOKBACK_MS } from '../promql/lookback.ts';
import { constantsOf } from './constants.ts';
import type { Recorded } from './leaves.ts';
import { isSampledAt } from './moment-bounds.ts';
import { countsOfSamples } from './sample-counts.ts';
import type { Sampled } from './sample-counts.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
/** A window that has more samples than this is sampled less often. */
const MOST_SAMPLES = 400;
/** And a world that has more than this, too. */
const MOST_SAMPLES_IN_ALL = 10_000;
/** A window that has fewer is sampled more often: ranges are open on the left. */
const FEWEST_SAMPLES = 4;
const SCRAPES_MS = [15, 30, 60, 120, 240, 600, 1800].map((s) => s * SECOND_MS);
const EVALUATIONS_MS = [2, 4, 10, 30, 60, 360, 1440].map((m) => m * MINUTE_MS);
/** A world that has more evaluations than this is evaluated less often, */
const MANY_EVALUATIONS = 250;
/** and with more than this even if `for` is shorter than a few of them. */
const MOST_EVALUATIONS = 1_500;
/** But where an hour of some day of the week is asked for: a week in steps of four minutes. */
const MOST_BY_CLOCK = 2_600;
const EVALUATIONS_IN_FOR = 3;

/** The plain ranges (`[5m]`) that an expression reads, through recording rules; ms. */
export function rangesOf(
  expr: Expr,
  recorded: Recorded,
  through: readonly string[] = [],
): number[] {
  const { name = '' } = expr.type === 'selector' ? expr : {};
  const inner =
    expr.type === 'selector' && !through.includes(name)
      ? (recorded.get(name) ?? []).flatMap((rule) =>
          rule.expr ? rangesOf(rule.expr, recorded, [...through, name]) : [],
        )
      : children(expr).flatMap((part) => rangesOf(part, recorded, through));
  return expr.type === 'range' && !expr.subquery ? [expr.rangeMs ?? 0, ...inner] : inner;
}

/** What counts samples, or what is between two of them. */
const SAMPLES_COUNTED: Readonly<Record<string, number>> = {
  changes: 1,
  // Between two falls there is a rise.
  resets: 2,
};

/**
 * For each window in which more is counted than a number, that part of it which must hold four
 * samples for the whole to hold enough; ms.
 */
export function countedRanges(expr: Expr, sampled: Sampled): number[] {
  const inner = children(expr).flatMap((part) => countedRanges(part, sampled));
  if (expr.type !== 'binary' || !COMPARISONS.has(expr.op) || expr.left.type !== 'call')
    return inner;
  const count = Math.max(0, constantOf(expr.right) ?? NaN);
  const { name, args } = expr.left;
  const [window] = args;
  if (window?.type !== 'range' || window.subquery || Number.isNaN(count)) return inner;
  const part = ((window.rangeMs ?? 0) * FEWEST_SAMPLES) / samplesFor(expr.left, count, sampled);
  return name in SAMPLES_COUNTED || name === 'count_over_time' ? [...inner, part] : inner;
}

/** How many samples a window holds where more is counted than this. */
function samplesFor(call: Call, count: number, sampled: Sampled): number {
  const each = SAMPLES_COUNTED[call.name];
  if (each !== undefined) return count * each + FEWEST_SAMPLES;
  // Nobody gets more of them than there are.
  const most = countsOfSamples(call, sampled)?.max ?? Infinity;
  return count < most ? count + 1 : 1;
}

/** Of what ages of samples are compared with, this part must tell one moment from the next. */
const MOMENT_STEP = 0.05;
/** They divide a minute. */
const STEPS_MS = [15, 10, 6, 5, 3, 2, 1].map((s) => s * SECOND_MS);

/**
 * How far apart scrapes and evaluations may be where the age of a sample is compared with a number,
 * so that one of them lies just over it; ms.
 */
export function momentStepMs(expr: Expr): number | undefined {
  const inner = children(expr).flatMap((part) => momentStepMs(part) ?? []);
  const asks = (e: Expr): boolean =>
    (e.type === 'call' && isSampledAt(e)) || children(e).some(asks);
  const isCompared = expr.type === 'binary' && COMPARISONS.has(expr.op) && asks(expr);
  const ages = isCompared
    ? constantsOf(expr)
        .map(Math.abs)
        .filter((seconds) => seconds >= 1 && seconds * SECOND_MS < LOOKBACK_MS)
    : [];
  const [least = Infinity] = ages.map((s) => s * SECOND_MS * MOMENT_STEP).sort((a, b) => a - b);
  const own = ages.length === 0 ? [] : [STEPS_MS.find((ms) => ms <= least) ?? SECOND_MS];
  const steps = [...inner, ...own];
  return steps.length === 0 ? undefined : Math.min(...steps);
}

/** What is scraped, ms. */
interface Scraped {
  configuredMs: number;
  /** Ranges that must hold a few samples. */
  ranges: number[];
  /** How far back anything looks at most, and how long the world is. */
  windowMs: number;
  lengthMs: number;
  /**
   * Whether anything reads the newest sample alone: it vanishes where scrapes are further apart
   * than the lookback.
   */
  newest: boolean;
}

/**
 * How often the world is scraped: as the stack does, unless a window would hold fewer than four
 * samples (ranges are open on the left) or hundreds, or the world tens of thousands.
 */
export function pickScrapeMs({
  configuredMs,
  ranges,
  windowMs,
  lengthMs,
  newest,
}: Scraped): number {
  const shortest = Math.min(...ranges.filter((ms) => ms > 0), Infinity);
  const most = shortest / FEWEST_SAMPLES;
  let chosen = Math.min(configuredMs, 120 * SECOND_MS, most);
  if (chosen === most) chosen = Math.max(SECOND_MS, Math.floor(most / SECOND_MS) * SECOND_MS);
  for (const ms of SCRAPES_MS)
    if (windowMs / chosen > MOST_SAMPLES || lengthMs / chosen > MOST_SAMPLES_IN_ALL)
      if (ms > chosen && ms <= most && (!newest || ms < LOOKBACK_MS)) chosen = ms;
  return chosen;
}

/** What is looked at when rules are evaluated, ms. */
interface Evaluated {
  configuredMs: number;
  /** How long the world is looked at. */
  lengthMs: number;
  forMs: number;
  /** Whether anything looks back at what rules record: it mustn't seem to vanish in between. */
  looksBack: boolean;
  /** Whether anything asks the calendar for the moment. */
  asksClock: boolean;
}

/**
 * How often rules are evaluated: as the stack does, unless that would be hundreds of times; then a
 * few times within `for` at least, unless even that would be thousands.
 */
export function pickEvaluationMs({
  configuredMs,
  lengthMs,
  forMs,
  looksBack,
  asksClock,
}: Evaluated): number {
  const mostOfAll = asksClock ? MOST_BY_CLOCK : MOST_EVALUATIONS;
  let chosen = configuredMs;
  for (const ms of EVALUATIONS_MS) {
    if (looksBack && ms >= LOOKBACK_MS) break;
    const most = ms * EVALUATIONS_IN_FOR <= forMs ? MANY_EVALUATIONS : mostOfAll;
    if (lengthMs / chosen > most && ms > chosen && ms % configuredMs === 0) chosen = ms;
  }
  return chosen;
}

/**
 * Of what an expression reads, through recording rules: whether anything scraped is read by its
 * newest sample alone, and whether anything recorded is looked back at.
 */
export function waysOfReading(
  expr: Expr,
  recorded: Recorded,
): { newest: boolean; looksBack: boolean } {
  const found = { newest: false, looksBack: false };
  const seen = new Set<string>();
  const go = (e: Expr, inRange: boolean, back: boolean): void => {
    if (e.type === 'range') return go(e.expr, !e.subquery, true);
    if (e.type === 'modified') return go(e.expr, inRange, true);
    if (e.type !== 'selector') return children(e).forEach((part) => go(part, false, back));
    const rules = e.name === undefined ? undefined : recorded.get(e.name);
    if (!rules) found.newest ||= !inRange;
    else found.looksBack ||= back;
    if (e.name === undefined || seen.has(e.name)) return;
    seen.add(e.name);
    for (const rule of rules ?? []) if (rule.expr) go(rule.expr, false, false);
  };
  go(expr, false, false);
  return found;
}
