import { z } from 'zod';
import type { GrafanaRuleSpec } from '../model/spec.ts';
import { syntaxError } from '../promql/tree.ts';
import type { Path, YamlSource } from './yaml-source.ts';

const text = z.string();
const ruleSchema = z.looseObject({
  uid: text,
  title: text,
  condition: text,
  data: z.array(z.unknown()).min(1),
  noDataState: text.optional(),
  execErrState: text.optional(),
});
const querySchema = z.looseObject({
  refId: text,
  datasourceUid: text,
  model: z.looseObject({
    expr: text.optional(),
    expression: text.optional(),
    type: text.optional(),
    conditions: z
      .array(
        z.looseObject({ evaluator: z.looseObject({ type: text, params: z.array(z.number()) }) }),
      )
      .optional(),
  }),
});

/**
 * Grafana's own alert rules in a provisioning file: those that ask the data source one question and
 * compare its answer with a threshold. What is wrong is added to the source's problems.
 */
export function readGrafanaRules(source: YamlSource): GrafanaRuleSpec[] {
  return source
    .entries(['groups'])
    .flatMap((group) =>
      source.entries([...group, 'rules']).flatMap((path) => readRule(source, path)),
    );
}

function readRule(source: YamlSource, path: Path): GrafanaRuleSpec[] {
  const rule = source.check(ruleSchema, path);
  if (!rule) return [];
  const queries = source.entries([...path, 'data']).flatMap((at) => {
    const query = source.check(querySchema, at);
    return query ? [{ at, query }] : [];
  });
  const condition = queries.find(({ query }) => query.refId === rule.condition);
  if (!condition) {
    source.say(
      [...path, 'condition'],
      `no query of the rule has the refId \`${rule.condition}\``,
      queries.map(({ query }) => query.refId).join(' or '),
    );
    return [];
  }
  const asked = queries.find(({ query }) => query.refId === condition.query.model.expression);
  const evaluator = condition.query.model.conditions?.[0]?.evaluator;
  const expr = asked?.query.model.expr;
  if (!asked || expr === undefined || condition.query.model.type !== 'threshold' || !evaluator) {
    source.say(
      condition.at,
      `the condition of \`${rule.title}\` is none that the harness knows`,
      'a threshold on one query of the data source',
    );
    return [];
  }
  if (syntaxError(expr) !== undefined)
    source.say([...asked.at, 'model', 'expr'], 'the expression does not parse', 'PromQL');
  return [
    {
      title: rule.title,
      expr,
      evaluator: evaluator.type,
      limit: evaluator.params[0] ?? 0,
      source: source.at([...path, 'title']),
    },
  ];
}
