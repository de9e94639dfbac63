import { children } from '../promql/ast.ts';
import type { Expr } from '../promql/ast.ts';
import { constantOf } from '../promql/constant.ts';
import type { Setup } from './bench.ts';
import { constantsOf } from './constants.ts';
import { lackingLabels } from './lacking.ts';
import { leavesOf } from './leaves.ts';
import type { Recorded } from './leaves.ts';
import { momentsFor } from './moments.ts';
import { knownLabels } from './recorded-labels.ts';
import type { SolveRule } from './rules.ts';

const HOUR_MS = 3_600_000;
/** Any world is as old as this. */
const YOUNGEST_SECONDS = 30;
/** A world older than this is evaluated for too long. */
const OLDEST_SECONDS = 45 * 86_400;

/** The ways to set up a world for an expression, the plainest first. */
export function setupsFor(
  { forMs, lostLabels }: SolveRule,
  expr: Expr,
  recorded: Recorded,
): Setup[] {
  const calls = callsIn(expr, recorded);
  const leaves = leavesOf(expr, recorded);
  const limits = [...calls].some((name) => name.startsWith('histogram_'))
    ? bucketLimits(expr)
    : [1];
  const replaces = calls.has('label_replace') || calls.has('label_join');
  const strict: Setup = {
    labels: { complements: true, oneInstance: false, narrow: false, replaced: true, twins: false },
    freeCopies: false,
    copies: 1,
    bucketLimit: limits[0] ?? 1,
    shiftMs: 0,
  };
  const others = [
    { complements: true, oneInstance: false, narrow: true, replaced: true, twins: false },
    { complements: false, oneInstance: false, narrow: false, replaced: true, twins: false },
    { complements: false, oneInstance: false, narrow: true, replaced: true, twins: false },
    { complements: true, oneInstance: true, narrow: false, replaced: true, twins: false },
    { complements: true, oneInstance: true, narrow: true, replaced: true, twins: false },
    { complements: false, oneInstance: true, narrow: false, replaced: true, twins: false },
  ];
  const lacking = lackingLabels(expr, knownLabels(recorded, lostLabels));
  return [
    strict,
    ...(lacking.size > 0 ? [{ ...strict, labels: { ...strict.labels, lacking } }] : []),
    ...limits.slice(1).map((bucketLimit) => ({ ...strict, bucketLimit })),
    ...shifts(expr, recorded, { calls, forMs }).map((shiftMs) => ({ ...strict, shiftMs })),
    ...(groups(expr) ? [{ ...strict, freeCopies: true }] : []),
    // What is joined before it is grouped differs only where all of it is there several times.
    ...(aggregates(expr) ? [{ ...strict, copies: 2 }] : []),
    ...(groups(expr) ? [{ ...strict, freeCopies: true, copies: 2 }] : []),
    ...(leaves.some(({ joined }) => joined.size > 0)
      ? [{ ...strict, freeJoins: true, copies: 2 } as const]
      : []),
    ...(groupsByJob(expr) ? [{ ...strict, ofAnyJob: true } as const] : []),
    ...(replaces ? [{ ...strict, labels: { ...strict.labels, replaced: false } }] : []),
    ...(leaves.some((leaf, i) => leaves.findIndex((o) => o.metric === leaf.metric) < i)
      ? [{ ...strict, labels: { ...strict.labels, twins: true } }]
      : []),
    ...others.map((labels) => ({ ...strict, labels })),
  ];
}

/** Whether anything that is grouped by a label is compared beyond its group. */
function groups(expr: Expr): boolean {
  return (expr.type === 'aggregate' && expr.grouping !== undefined) || children(expr).some(groups);
}

/** Whether jobs are told apart within something that is aggregated once more. */
function groupsByJob(expr: Expr, inside = false): boolean {
  if (expr.type !== 'aggregate') return children(expr).some((part) => groupsByJob(part, inside));
  const byJob = expr.grouping?.labels.some(({ name }) => name === 'job') ?? false;
  return (inside && byJob) || groupsByJob(expr.expr, true);
}

function aggregates(expr: Expr): boolean {
  return expr.type === 'aggregate' || children(expr).some(aggregates);
}

function callsIn(expr: Expr, recorded: Recorded): Set<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const go = (e: Expr): void => {
    if (e.type === 'call') found.add(e.name);
    if (e.type === 'selector' && e.name !== undefined && !seen.has(e.name)) {
      seen.add(e.name);
      for (const rule of recorded.get(e.name) ?? []) if (rule.expr) go(rule.expr);
    }
    children(e).forEach(go);
  };
  go(expr);
  return found;
}

/** What a quantile may be compared with, in the histogram's own unit, the likeliest first. */
function bucketLimits(expr: Expr): number[] {
  const positive = constantsOf(expr)
    .filter((n) => n > 0)
    .toReversed();
  const factor = scaleIn(expr);
  const own = factor === 1 ? [] : positive.map((n) => n / factor);
  const usual = positive.flatMap((n) => [n / 1000, n * 1000, n / 60]);
  return [...new Set([...own, ...positive, ...usual, 1])].slice(0, 8);
}

/** What a quantile is multiplied by before it is compared, as in `… * 1000 > 300`. */
function scaleIn(expr: Expr): number {
  // What limits are made up of scales nothing.
  if (constantOf(expr) !== undefined) return 1;
  const inner = children(expr).reduce((product, part) => product * scaleIn(part), 1);
  const by = expr.type === 'binary' ? constantOf(expr.right) : undefined;
  if (expr.type !== 'binary' || by === undefined || by <= 0) return inner;
  return expr.op === '*' ? inner * by : expr.op === '/' ? inner / by : inner;
}

/** What ages are divided by before they are compared, as in `(time() - x) / 3600 > 24`. */
function unitIn(expr: Expr): number {
  const inner = children(expr).reduce((product, part) => product * unitIn(part), 1);
  const by = expr.type === 'binary' && expr.op === '/' ? constantOf(expr.right) : undefined;
  return by !== undefined && by > 1 ? inner * by : inner;
}

/**
 * How much older the world is, where the expression looks at the clock: beyond its own numbers, or
 * at moments of the calendar.
 */
function shifts(
  expr: Expr,
  recorded: Recorded,
  { calls, forMs }: { calls: ReadonlySet<string>; forMs: number },
): number[] {
  const plain = constantsOf(expr).map(Math.abs);
  const unit = unitIn(expr);
  const ages = [...plain, ...(unit === 1 ? [] : plain.map((n) => n * unit))].filter(
    (n) => n > YOUNGEST_SECONDS && n < OLDEST_SECONDS,
  );
  return [
    ...(calls.has('time') && ages.length > 0
      ? [Math.ceil((Math.max(...ages) * 1.1 * 1000) / HOUR_MS) * HOUR_MS]
      : []),
    ...momentsFor(expr, recorded, 2 * forMs),
  ];
}
