import { formatDuration } from '../lib/duration.ts';
import type { Unsolved } from '../model/recipe.ts';
import { eachExpr, selectors } from '../promql/ast.ts';
import type { Expr } from '../promql/ast.ts';
import { NotUnderstood, TooExpensive } from '../promql/evaluate/index.ts';
import type { WrongType } from '../promql/wrong-types.ts';
import { tellsOfAlerts } from './alert-states.ts';
import type { Proof } from './impossible.ts';
import type { Recorded } from './leaves.ts';
import { lookbacksOf } from './lookbacks.ts';
import { miniatureOf } from './miniature.ts';
import { isSampledAt } from './moment-bounds.ts';
import { placeholderIn, unparsedReason } from './placeholder.ts';
import { readExpressions } from './read-expressions.ts';
import type { SolveRule } from './rules.ts';

/** What is proved never to fire, with a small world in which it doesn't. */
export function unsatisfiable(
  rule: SolveRule,
  expr: Expr,
  { reason, part }: Proof,
  recorded: Recorded,
  scrapeMs: number,
): Unsolved {
  const { from, to } = part;
  const proved = { alert: rule.ref, kind: 'unsatisfiable' as const, reason, part: { from, to } };
  // What Prometheus writes of its alerts is nothing that a world could have or lack.
  const read = readExpressions(expr, recorded);
  if (read.some((one) => selectors(one).some(({ name }) => tellsOfAlerts(name)))) return proved;
  try {
    const miniature = miniatureOf(rule, expr, part, recorded, scrapeMs);
    return miniature ? { ...proved, miniature } : proved;
  } catch (error) {
    // The proof stands by itself; a world to show it in is too large, or can't be computed.
    if (error instanceof NotUnderstood || error instanceof TooExpensive) return proved;
    throw error;
  }
}

/**
 * A placeholder is for its author to fill in; what else is no PromQL isn't understood. What looks
 * like a placeholder is none where another language than that of metrics is written.
 */
export function unparsed({ ref: alert, text, problem, foreign }: SolveRule): Unsolved {
  const isOfMetrics = foreign === undefined || foreign === 'MetricsQL';
  const placeholder = isOfMetrics ? placeholderIn(text) : undefined;
  if (placeholder !== undefined)
    return {
      alert,
      kind: 'needs-word',
      reason: `\`${placeholder}\` in its expression is a placeholder that nobody has filled in`,
      question: `What stands for \`${placeholder}\`? Fill the template in, and give the result.`,
    };
  if (foreign !== undefined) return inForeign(alert, foreign, isOfMetrics);
  return {
    alert,
    kind: 'not-understood',
    reason: unparsedReason(text, problem),
    construct: 'the expression',
  };
}

/** What vmalert reads, and Prometheus wouldn't. */
function inForeign(alert: Unsolved['alert'], language: string, isOfMetrics: boolean): Unsolved {
  const reason = isOfMetrics
    ? `its expression is no PromQL, though it may be ${language}, which vmalert reads`
    : `its group asks in ${language}, by its \`type\``;
  const construct = language;
  return { alert, kind: 'not-understood', reason: `${reason}: PromQL alone is judged`, construct };
}

/** What Prometheus refuses for the types of its parts. */
export function refused({ ref: alert }: SolveRule, { message }: WrongType): Unsolved {
  const reason = `its expression is no PromQL: ${message}`;
  return { alert, kind: 'not-understood', reason, construct: 'the expression' };
}

/** Longer than this no world is looked at: promtool would take minutes for it. */
const LONGEST_MS = 400 * 86_400_000;

/** An alert that waits, or looks back, for longer than a world can be made to last. */
export function tooLong(
  { ref: alert, forMs }: SolveRule,
  expr: Expr,
  recorded: Recorded,
): Unsolved | undefined {
  const longestMs = Math.max(forMs, ...lookbacksOf(expr, recorded));
  if (longestMs <= LONGEST_MS) return undefined;
  return {
    alert,
    kind: 'not-understood',
    reason:
      `it waits or looks back for ${formatDuration(longestMs)}; ` +
      `worlds are made to last for ${formatDuration(LONGEST_MS)} at most`,
    construct: 'a time of more than a year',
  };
}

/** What no world was found for, and no proof either. */
export function notFound({ ref: alert, forMs }: SolveRule, expr: Expr): Unsolved {
  let asksAge = false;
  eachExpr(expr, (part) => void (asksAge ||= part.type === 'call' && isSampledAt(part)));
  return asksAge && forMs > 0
    ? {
        alert,
        kind: 'not-understood',
        reason:
          'a series that stops is found for too short a time for it to hold as long as `for` asks; ' +
          'samples that come late, with moments of their own, are not tried',
        construct: 'samples that come late',
      }
    : {
        alert,
        kind: 'not-understood',
        reason: 'no world was found in which it fires; that it never can was not proved either',
        construct: 'a world that needs more than one thing at a time',
      };
}
