import { unlessBlind } from './blind.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { GrafanaRulePlan } from '../../model/dashboard-plan.ts';
import type { Plan } from '../../model/plan.ts';
import type { PanelExpectation } from '../../model/expectation.ts';
import type { Finding } from '../../model/finding.ts';
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
  return plan.grafanaRules.map((rule) => {
    const answer = evidence.answers[rule.question];
    const compare = COMPARE[rule.evaluator];
    if (!compare)
      return unjudged(rule, {
        seen: `the comparison ${rule.evaluator}`,
        likelyCause: 'The harness does not know this comparison.',
      });
    if (!answer)
      return unjudged(rule, {
        seen: errorOf(plan, evidence, rule) ?? 'it was never asked',
        likelyCause: 'The run was interrupted, or the query is refused.',
      });
    const breaching = answer.filter(({ value }) => compare(value, rule.limit));
    if (answer.length > 0 && breaching.length === 0)
      return { expectation: expectationOf(rule), outcome: 'pass', measured: valuesOf(answer) };
    const fired = fires(rule, answer.length === 0 ? 'no series at all' : valuesOf(breaching));
    const asked = questionOf(plan, rule);
    const askedAt = (evidence.t0 ?? 0) + (asked?.atMs ?? 0);
    return asked ? unlessBlind(fired, asked.query, askedAt, { plan, evidence }) : fired;
  });
}

function fires(rule: GrafanaRulePlan, seen: string): Verdict {
  return {
    expectation: expectationOf(rule),
    outcome: 'fail',
    finding: {
      ...askedBy(rule),
      id: 'grafana-alert-fires',
      title: `${rule.title} would fire although all is well`,
      seen,
      likelyCause:
        'Its query asks for a metric that nobody exports, or its threshold is turned round.',
    },
  };
}

function unjudged(rule: GrafanaRulePlan, why: Pick<Finding, 'seen' | 'likelyCause'>): Verdict {
  return {
    expectation: expectationOf(rule),
    outcome: 'inconclusive',
    finding: {
      ...askedBy(rule),
      id: 'could-not-judge',
      title: `${rule.title} could not be judged`,
      ...why,
    },
  };
}

function expectationOf({ title }: GrafanaRulePlan): PanelExpectation {
  return {
    kind: 'quiet-when-well',
    subject: { about: 'panel', dashboard: DASHBOARD, panel: title },
    phase: null,
  };
}

function askedBy(rule: GrafanaRulePlan): Pick<Finding, 'source' | 'query' | 'expected'> {
  return {
    source: rule.source,
    query: rule.expr,
    expected: `an answer that is not ${rule.evaluator} ${rule.limit}`,
  };
}

function valuesOf(answer: { value: number }[]): string {
  return answer.map(({ value }) => String(value)).join(', ');
}

function errorOf(plan: Plan, evidence: Evidence, rule: GrafanaRulePlan): string | undefined {
  const query = questionOf(plan, rule)?.query;
  return evidence.queryErrors.find((error) => error.query === query)?.error;
}

function questionOf(
  { questions }: Plan,
  rule: GrafanaRulePlan,
): Plan['questions'][number] | undefined {
  return questions.find(({ id }) => id === rule.question);
}
