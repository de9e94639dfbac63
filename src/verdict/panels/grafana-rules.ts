import type { Evidence } from '../../model/evidence.ts';
import type { GrafanaRulePlan } from '../../model/dashboard-plan.ts';
import type { Plan } from '../../model/plan.ts';
import type { PanelExpectation } from '../../model/expectation.ts';
import type { Verdict } from '../../model/verdict.ts';

const DASHBOARD = "Grafana's alerts";
/** Grafana's comparisons (pkg/expr/threshold.go). */
const COMPARE: Record<string, (value: number, limit: number) => boolean> = {
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
};

/** Grafana's own alert rules ask something that is answered, and are quiet when all is well. */
export function grafanaRulesQuiet(plan: Plan, evidence: Evidence): Verdict[] {
  return plan.grafanaRules.map((rule): Verdict => {
    const expectation: PanelExpectation = {
      kind: 'quiet-when-well',
      subject: { about: 'panel', dashboard: DASHBOARD, panel: rule.title },
      phase: null,
    };
    const finding = {
      source: rule.source,
      query: rule.expr,
      expected: `an answer that is not ${rule.evaluator} ${rule.limit}`,
    };
    const answer = evidence.answers[rule.question];
    const compare = COMPARE[rule.evaluator];
    if (!answer || !compare)
      return {
        expectation,
        outcome: 'inconclusive',
        finding: {
          ...finding,
          id: 'could-not-judge',
          title: `${rule.title} could not be judged`,
          seen: compare
            ? (errorOf(plan, evidence, rule) ?? 'it was never asked')
            : `the comparison ${rule.evaluator}`,
          likelyCause: compare
            ? 'The run was interrupted, or the query is refused.'
            : 'The harness does not know this comparison.',
        },
      };
    const breaching = answer.filter(({ value }) => compare(value, rule.limit));
    if (answer.length > 0 && breaching.length === 0)
      return {
        expectation,
        outcome: 'pass',
        measured: answer.map(({ value }) => String(value)).join(', '),
      };
    return {
      expectation,
      outcome: 'fail',
      finding: {
        ...finding,
        id: 'grafana-alert-fires',
        title: `${rule.title} would fire although all is well`,
        seen:
          answer.length === 0
            ? 'no series at all'
            : breaching.map(({ value }) => String(value)).join(', '),
        likelyCause:
          'Its query asks for a metric that nobody exports, or its threshold is turned round.',
      },
    };
  });
}

function errorOf(plan: Plan, evidence: Evidence, rule: GrafanaRulePlan): string | undefined {
  const query = plan.questions.find((question) => question.id === rule.question)?.query;
  return evidence.queryErrors.find((error) => error.query === query)?.error;
}
