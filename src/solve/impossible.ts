import { plainNumber } from '../lib/plain-number.ts';
import { COMPARISONS, SET_OPERATORS } from '../promql/ast.ts';
import type { Binary, Call, Expr, Matcher, Selector } from '../promql/ast.ts';
import { boundsOf, truth } from '../promql/bounds.ts';
import { cancelledValue, clearlyDiffer } from '../promql/cancelled.ts';
import { constantOf } from '../promql/constant.ts';
import { isEmptyRange } from '../promql/evaluate/instant.ts';
import { multipleOf } from '../promql/factor.ts';
import { ANY_LABELS, surelyLacks } from '../promql/label-set.ts';
import { labelsOf } from '../promql/labels.ts';
import type { LabelsOfMetric } from '../promql/labels.ts';
import { isPartOf } from '../promql/shares.ts';
import { mayPassNaN } from '../promql/sure-number.ts';
import { typeOf } from '../promql/type-of.ts';
import type { LostLabels } from '../stack/lost-labels.ts';
import { neverWritten, tellsOfAlerts } from './alert-states.ts';
import type { AlertsNamed } from './alert-states.ts';
import { nothingAhead, nothingGrowsAhead, nothingSampledAhead } from './ahead.ts';
import { contradiction } from './contradiction.ts';
import { fixedLabels } from './fixed-labels.ts';
import type { Recorded } from './leaves.ts';
import { surelyFails } from './matching.ts';
import { neverAtThatMoment } from './moment-bounds.ts';
import type { SolveRule } from './rules.ts';
import { knownBounds } from './known-bounds.ts';
import { neverNegativeBut } from './never-negative.ts';
import { DEEPEST, knownLabels } from './recorded-labels.ts';
import { countsInWords } from './sample-counts.ts';
import type { Sampled } from './sample-counts.ts';
import { provedTooLate } from './too-late.ts';
import { withoutBounds } from './without-bounds.ts';

/** What is known beside an expression. */
interface Known extends Sampled {
  /** Recording rules that it is looked at through. */
  through: readonly string[];
  alertsNamed: AlertsNamed;
  lostLabels: readonly LostLabels[];
  /**
   * Whether it may be looked at at another moment than that of evaluation: within a subquery, an
   * offset or an `@`. What is ahead of such a moment may lie in the past.
   */
  isMoved: boolean;
}

export interface Proof {
  reason: string;
  /** What never gives anything. */
  part: Expr;
}

/** Why an alert can never fire, whatever the data; undefined when that can't be proved. */
export function provedImpossible(
  rule: SolveRule,
  expr: Expr,
  recorded: Recorded,
  alertsNamed: AlertsNamed,
): Proof | undefined {
  const { scrapedEveryMs, lostLabels } = rule;
  const isMoved = rule.queryOffsetMs > 0;
  const known = { recorded, scrapedEveryMs, lostLabels, through: [], alertsNamed, isMoved };
  return never(expr, known) ?? provedTooLate(rule, expr);
}

/** Why an expression never gives anything. */
function never(expr: Expr, known: Known): Proof | undefined {
  const of = (e: Expr): Proof | undefined => never(e, known);
  switch (expr.type) {
    case 'selector':
      return neverSelected(expr, known);
    case 'modified': {
      const ahead = known.isMoved ? undefined : nothingSampledAhead(expr);
      const inner = (): Proof | undefined => never(expr.expr, { ...known, isMoved: true });
      return ahead === undefined ? inner() : { reason: ahead, part: expr };
    }
    case 'range':
      return never(expr.expr, { ...known, isMoved: known.isMoved || expr.subquery });
    case 'unary':
    case 'aggregate':
      return of(expr.expr);
    case 'call': {
      if (['absent', 'absent_over_time', 'scalar', 'vector', 'time'].includes(expr.name))
        return undefined;
      const own = neverClamped(expr) ?? (known.isMoved ? undefined : nothingAhead(expr));
      if (own !== undefined) return { reason: own, part: expr };
      const vector = expr.args.find((a) => ['vector', 'matrix'].includes(typeOf(a) ?? ''));
      const unread = withoutBounds(expr, labelsKnown(known));
      return (
        (vector && of(vector)) ??
        (unread === undefined ? undefined : { reason: unread, part: expr })
      );
    }
    case 'binary':
      return neverBinary(expr, known);
    case 'number':
    case 'string':
    case 'unknown':
      return undefined;
  }
}

/** Why a clamp leaves nothing. */
function neverClamped({ name, args }: Call): string | undefined {
  const [min = NaN, max = NaN] = args.slice(1).map((arg) => constantOf(arg) ?? NaN);
  return name === 'clamp' && isEmptyRange([min, max])
    ? `it clamps to no less than ${plainNumber(min)} and no more than ${plainNumber(max)}: nothing is left`
    : undefined;
}

function neverSelected(selector: Selector, known: Known): Proof | undefined {
  const { recorded, through } = known;
  const reason = contradiction(selector.matchers);
  if (reason !== undefined) return { reason, part: selector };
  const { name } = selector;
  if (tellsOfAlerts(name)) {
    const why = neverWritten(selector, known.alertsNamed, ({ expr }) =>
      expr ? labelsOf(expr, labelsKnown(known)) : ANY_LABELS,
    );
    return why === undefined ? undefined : { reason: why, part: selector };
  }
  const rules = name === undefined ? undefined : recorded.get(name);
  if (name === undefined || !rules || through.includes(name) || through.length > DEEPEST)
    return undefined;
  const proofs = rules.map((rule) =>
    neverRecorded(selector, rule, {
      ...known,
      through: [...through, name],
      // It is recorded at its own group's moments, whenever it is looked at.
      isMoved: rule.queryOffsetMs > 0,
    }),
  );
  const [first] = proofs;
  return first !== undefined && proofs.every((p) => p !== undefined)
    ? { reason: `what records \`${name}\` never gives what is selected: ${first}`, part: selector }
    : undefined;
}

/** Why a recording rule gives nothing that passes a selector. */
function neverRecorded(selector: Selector, rule: SolveRule, known: Known): string | undefined {
  const own = (m: Matcher): string | undefined => rule.labels[m.label];
  if (selector.matchers.some((m) => own(m) !== undefined && surelyFails(m, own(m) ?? '')))
    return 'its labels are others';
  if (!rule.expr) return undefined;
  const set = labelsOf(rule.expr, labelsKnown(known));
  const lacking = selector.matchers.find(
    (m) => own(m) === undefined && surelyLacks(set, m.label) && surelyFails(m, ''),
  );
  if (lacking) return `it has no label \`${lacking.label}\``;
  return never(rule.expr, known)?.reason;
}

function labelsKnown({ recorded, lostLabels }: Known): LabelsOfMetric {
  return knownLabels(recorded, lostLabels);
}

function neverBinary(expr: Binary, known: Known): Proof | undefined {
  const left = never(expr.left, known);
  if (expr.op === 'unless') return left;
  const right = never(expr.right, known);
  // What fills in stands for the side that isn't there.
  if (expr.op === 'or' || expr.fill) return left && right;
  if (left ?? right) return left ?? right;
  const apart = sidesApart(expr, labelsKnown(known));
  if (apart !== undefined) return { reason: apart, part: expr };
  if (SET_OPERATORS.has(expr.op) || !COMPARISONS.has(expr.op) || expr.bool) return undefined;
  const reason =
    neverNumber(expr) ??
    neverCancelled(expr) ??
    neverMoreThanWhole(expr) ??
    neverAtThatMoment(expr) ??
    (known.isMoved ? undefined : nothingGrowsAhead(expr));
  if (reason !== undefined) return { reason, part: expr };
  const of = (e: Expr) =>
    boundsOf(e, neverNegativeBut(known.recorded), (part) => knownBounds(part, known));
  const [a, b] = [of(expr.left), of(expr.right)];
  if (truth(a, expr.op, b) !== 'never' || mayPassNaN(expr)) return undefined;
  const words = (bounds: { min: number; max: number }): string =>
    bounds.min === bounds.max
      ? plainNumber(bounds.min)
      : bounds.max === Infinity
        ? `at least ${plainNumber(bounds.min)}`
        : bounds.min === -Infinity
          ? `at most ${plainNumber(bounds.max)}`
          : `between ${plainNumber(bounds.min)} and ${plainNumber(bounds.max)}`;
  return {
    reason:
      `its left side is always ${words(a)}, its right side ${words(b)}: \`${expr.op}\` is never true` +
      countsInWords(expr, known),
    part: expr,
  };
}

/** Why a comparison with what is no number is never true. */
function neverNumber({ op, left, right }: Binary): string | undefined {
  if (op === '!=' || ![left, right].some((side) => Number.isNaN(constantOf(side))))
    return undefined;
  return `nothing is greater than, less than or equal to NaN: \`${op}\` is never true`;
}

/** Why a comparison of a series divided by itself is never true. */
function neverCancelled({ op, left, right }: Binary): string | undefined {
  const [value, limit] = [cancelledValue(left), constantOf(right)];
  if (value === undefined || limit === undefined || !clearlyDiffer(value, limit)) return undefined;
  // What is 0 or infinite gives NaN, which is no number's equal.
  const is = (n: number) => ({ min: n, max: n });
  if (op === '!=' || truth(is(value), op, is(limit)) !== 'never') return undefined;
  return (
    `it divides each series by itself, which leaves ${value}, ` +
    `whatever the data is: \`${op} ${limit}\` is never true`
  );
}

/** Why a part of a whole, or less than it, is never more than the whole. */
function neverMoreThanWhole({ op, left, right }: Binary): string | undefined {
  if (op !== '>' && op !== '<') return undefined;
  const [part, whole] = (op === '>' ? [left, right] : [right, left]).map(multipleOf);
  if (!part || !whole || whole.factor <= 0 || part.factor > whole.factor) return undefined;
  return isPartOf(part.of, whole.of)
    ? `one side is a part of the other and never more than it: \`${op}\` is never true`
    : undefined;
}

/** Why no series of one side ever meets one of the other. */
function sidesApart(expr: Binary, known: LabelsOfMetric): string | undefined {
  if (typeOf(expr.left) !== 'vector' || typeOf(expr.right) !== 'vector' || expr.fill)
    return undefined;
  const [left, right] = [labelsOf(expr.left, known), labelsOf(expr.right, known)];
  const names = expr.matching?.labels.map((l) => l.name) ?? [];
  const compared = (label: string): boolean =>
    label !== '__name__' && (expr.matching?.kind === 'on') === names.includes(label);
  for (const label of new Set([...left.has, ...right.has]))
    if (compared(label)) {
      if (left.has.has(label) && surelyLacks(right, label))
        return `its left side always has the label \`${label}\`, its right side never: they don't meet`;
      if (right.has.has(label) && surelyLacks(left, label))
        return `its right side always has the label \`${label}\`, its left side never: they don't meet`;
    }
  const [a, b] = [fixedLabels(expr.left), fixedLabels(expr.right)];
  for (const [label, value] of a) {
    const other = b.get(label);
    if (compared(label) && other !== undefined && other !== value)
      return (
        `\`${label}\` is always ${JSON.stringify(value)} on the left and ` +
        `${JSON.stringify(other)} on the right: they don't meet`
      );
  }
  return undefined;
}
