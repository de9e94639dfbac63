import { plainNumber } from '../../lib/plain-number.ts';
import type { Phase } from '../../model/track.ts';
import { limitOf } from '../../promql/limit.ts';
import type { TrackContext } from './context.ts';

/**
 * What the alert's expression was between two moments: least and greatest value, or that it
 * returned nothing.
 */
export function valuesSeen(
  context: TrackContext,
  fromMs: number,
  toMs: number,
): { min: number; max: number } | null {
  const series = (context.evidence.expressions[context.alert.alert] ?? []).filter((s) =>
    Object.entries(context.track.labels).every(
      ([k, v]) => s.labels[k] === undefined || s.labels[k] === v,
    ),
  );
  const values = series.flatMap((s) =>
    s.samples.filter(([t]) => t >= fromMs && t <= toMs).map(([, v]) => v),
  );
  if (values.length === 0) return null;
  const numbers = values.filter((value) => !Number.isNaN(value));
  if (numbers.length === 0) return { min: NaN, max: NaN };
  return { min: Math.min(...numbers), max: Math.max(...numbers) };
}

/** What Prometheus said to the alert's expression, where it couldn't evaluate it over the run. */
export function refusal({ evidence, plan, alert }: TrackContext): string | undefined {
  const asked = plan.rules[alert.alert]?.valueExpr;
  return evidence.queryErrors.find(({ query, refused }) => refused && query === asked)?.error;
}

/** The same in words, for a finding's "seen". */
export function valueText(context: TrackContext, fromMs: number, toMs: number): string {
  const refused = refusal(context);
  if (refused !== undefined) return `Prometheus can't evaluate the expression: ${refused}`;
  const seen = valuesSeen(context, fromMs, toMs);
  if (!seen) return 'the expression returned no value at all';
  if (Number.isNaN(seen.min)) return 'the expression was NaN: it divides nothing by nothing';
  return `the expression was between ${round(seen.min)} and ${round(seen.max)}`;
}

/** Why an alert wasn't active: that its expression had no value, else what its values may mean. */
export function causeOfAbsence(
  context: TrackContext,
  fromMs: number,
  toMs: number,
  otherwise: string,
): string {
  if (refusal(context) !== undefined)
    return 'The expression ends with an error wherever it has data, and its alert is never active.';
  return valuesSeen(context, fromMs, toMs) === null
    ? 'No job exports the metric under this name and these labels: the expression can never ' +
        'return anything.'
    : otherwise;
}

/** The level of a phase to the last digit that was meant: 0.145, not 0.14500000000000002. */
export function levelIn(context: TrackContext, phase: Phase): string {
  const level = context.step(phase)?.level;
  return level === undefined ? 'no level' : plainNumber(level);
}

/** The limit that the rule's expression has, for a title: what is promised stands beside it. */
export function ruleAsks({ plan, alert }: TrackContext): string {
  const rule = plan.rules[alert.alert];
  const limit = rule ? limitOf(rule.expr) : undefined;
  return limit ? `: its rule asks for ${limit.operator} ${limit.value}` : '';
}

function round(value: number): string {
  return Number(value.toPrecision(4)).toString();
}
