import type { RuleText, TestGroup } from '../../engine/test-file.ts';
import { formatDuration, parseDurationMs } from '../../lib/duration.ts';
import type { Recipe } from '../../model/recipe.ts';
import type { RuleBody } from '../../model/rule-body.ts';

/** An alert that is proved in virtual time: its rules, and what must be seen of it. */
export interface Subject {
  alert: string;
  /** The recording rules that it needs and the alert itself, in their order; `index`: among all rules of the stack. */
  rules: { index: number; text: RuleText }[];
  evaluationMs: number;
  tests: TestGroup[];
  /** Labels that its instances have: any other is printed as nothing. */
  labels: ReadonlySet<string>;
}

/** A subject's rules with one of them as a mutant has it; without it where the mutant has none. */
export function mutated(
  subject: Subject,
  mutant: { rule: number; body: RuleBody | null },
): RuleText[] {
  return subject.rules.flatMap(({ index, text }) => {
    if (index !== mutant.rule) return [text];
    return mutant.body ? [ruleText(mutant.body)] : [];
  });
}

/** A rule as the engine's files have it. */
export function ruleText(body: RuleBody): RuleText {
  return {
    kind: body.record === undefined ? 'alert' : 'record',
    name: body.record ?? body.alert ?? '',
    expr: body.expr,
    forMs: parseDurationMs(body.for ?? '') ?? 0,
    keepFiringMs: parseDurationMs(body.keep_firing_for ?? '') ?? 0,
    labels: body.labels ?? {},
    annotations: body.annotations ?? {},
  };
}

/**
 * The tests of a recipe with one statement more: which instances fire, with all of their labels. A label too many or too
 * few changes who is told together, and whom an inhibition meets.
 */
export function exactTests(tests: TestGroup[], recipe: Recipe): TestGroup[] {
  const [first, ...others] = tests;
  const { instances, alert, pairs } = recipe;
  const templated = Object.values(recipe.labels).some((text) => text.includes('{{'));
  if (!first || templated || instances.length === 0) return tests;
  const name = JSON.stringify(alert.name);
  const statement = {
    expr: `ALERTS{alertname=${name},alertstate="firing"}`,
    eval_time: formatDuration(pairs[0].timeline.firingAtMs),
    exp_samples: instances.map((labels) => ({
      labels: `ALERTS${labelText({ ...labels, alertname: alert.name, alertstate: 'firing' })}`,
      value: 1,
    })),
  };
  return [{ ...first, promql_expr_test: [...first.promql_expr_test, statement] }, ...others];
}

function labelText(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `{${pairs.join(', ')}}`;
}
