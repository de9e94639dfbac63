import { parseExpr } from '../../promql/parse.ts';
import { parsePromql, walk } from '../../promql/tree.ts';
import * as durations from './durations.ts';
import type { Edit, ExprOperator } from './edit.ts';
import * as functions from './functions.ts';
import * as grouping from './grouping.ts';
import * as matchers from './matchers.ts';
import * as matching from './matching.ts';
import * as numbers from './numbers.ts';
import * as operators from './operators.ts';
import { rangeUnderTwoScrapes } from './short-range.ts';

/** Every way of getting an expression wrong, in the order in which mutants are made. */
export const EXPRESSION_OPERATORS: ExprOperator[] = [
  numbers.limitMoved,
  numbers.limitSlipped,
  numbers.constantChanged,
  numbers.argumentChanged,
  operators.comparisonTurned,
  operators.comparisonInclusive,
  operators.setOperatorSwapped,
  operators.arithmeticSwapped,
  operators.operandsSwapped,
  operators.boolAdded,
  operators.boolDropped,
  functions.functionSwapped,
  functions.aggregationSwapped,
  matchers.matcherDropped,
  matchers.matcherNegated,
  matchers.matcherWidened,
  matchers.matcherMisspelt,
  grouping.groupLabelDropped,
  grouping.groupLabelAdded,
  grouping.byBecomesWithout,
  grouping.groupingDropped,
  matching.matchingSwapped,
  matching.matchingLabelDropped,
  matching.matchingDropped,
  matching.groupSideSwapped,
  matching.carriedLabelDropped,
  durations.rangeChanged,
  rangeUnderTwoScrapes,
  durations.offsetDropped,
  durations.offsetAdded,
  durations.atDropped,
];

/** An expression that is wrong in one place. */
export interface ExprMutation {
  operator: string;
  /** The whole expression as it is then. */
  expr: string;
  edit: Edit;
}

/**
 * All mutations of an expression, each once: a text that two operators make counts for the first of
 * them, and what is no PromQL any more is left out.
 * @param expr what is no PromQL, or longer than is read, has none
 * @param scrapeMs how often what it selects is scraped
 */
export function mutateExpr(expr: string, scrapeMs: number): ExprMutation[] {
  if (!('expr' in parseExpr(expr))) return [];
  const nodes: Parameters<ExprOperator['edits']>[0][] = [];
  walk(parsePromql(expr), (node) => void nodes.push(node));
  const seen = new Set([expr]);
  return EXPRESSION_OPERATORS.flatMap(({ id, edits }) =>
    nodes
      .flatMap((node) => edits(node, expr, scrapeMs))
      .map((edit) => ({ operator: id, edit, expr: applied(expr, edit) }))
      .filter(({ expr: text }) => {
        if (seen.has(text) || !('expr' in parseExpr(text))) return false;
        seen.add(text);
        return true;
      }),
  );
}

function applied(expr: string, { from, to, text }: Edit): string {
  return expr.slice(0, from) + text + expr.slice(to);
}
