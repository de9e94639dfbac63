import type { GrafanaRulePlan } from '../model/dashboard-plan.ts';
import type { Question } from '../model/metric-plan.ts';
import type { Spec } from '../model/spec.ts';
import { GRAFANA_RULES } from './selection.ts';
import type { Selection } from './selection.ts';

/** What Grafana's own alert rules ask, at a moment when all is well: none of them may fire then. */
export function grafanaRulesOf(
  spec: Spec,
  atMs: number,
  selection: Selection,
): { rules: GrafanaRulePlan[]; questions: Question[] } {
  const rules = spec.grafanaRules
    .filter((rule) => selection.wants(`panel/${GRAFANA_RULES}/${rule.title}`))
    .map((rule) => ({ ...rule, question: `grafana ${rule.title}` }));
  return {
    rules,
    questions: rules.map(({ question, expr }) => ({ id: question, query: expr, atMs })),
  };
}
