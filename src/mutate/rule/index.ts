import type { RuleBody } from '../../model/rule-body.ts';
import { mutateExpr } from '../expression/index.ts';
import { DURATION_OPERATORS } from './durations.ts';
import type { RuleMutation, RuleOperator } from './operator.ts';
import * as texts from './texts.ts';

export type { RuleMutation } from './operator.ts';

const ruleDeleted: RuleOperator = {
  id: 'rule-deleted',
  mutations: (body) => [{ at: [], was: nameOf(body), becomes: '', body: null }],
};

/**
 * Every way of getting a rule wrong beside its expression, in the order in which mutants are made.
 */
export const RULE_OPERATORS: RuleOperator[] = [
  ...DURATION_OPERATORS,
  texts.labelChanged,
  texts.labelDropped,
  texts.annotationLabelMisspelt,
  texts.annotationValueRaw,
  texts.annotationDropped,
  texts.annotationOfAnother,
  ruleDeleted,
];

/**
 * All mutations of a rule, each once.
 * @param others the rules beside it, whose texts are easily copied
 * @param scrapeMs how often what it selects is scraped
 */
export function mutateRule(body: RuleBody, others: RuleBody[], scrapeMs: number): RuleMutation[] {
  const seen = new Set<string>();
  return [...ofExpression(body, scrapeMs), ...ofRule(body, others)].filter((mutation) => {
    const key = JSON.stringify(mutation.body);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function ofExpression(body: RuleBody, scrapeMs: number): RuleMutation[] {
  return mutateExpr(body.expr, scrapeMs).map(({ operator, expr, edit }) => ({
    operator,
    at: ['expr'],
    edit: { from: edit.from, to: edit.to },
    was: body.expr.slice(edit.from, edit.to),
    becomes: edit.text,
    body: { ...body, expr },
  }));
}

function ofRule(body: RuleBody, others: RuleBody[]): RuleMutation[] {
  return RULE_OPERATORS.flatMap(({ id, mutations }) =>
    mutations(body, others).map((mutation) => ({ operator: id, ...mutation })),
  );
}

/** The name of a rule: its alert's, or what it records. */
export function nameOf(body: RuleBody): string {
  return body.alert ?? body.record ?? '';
}
