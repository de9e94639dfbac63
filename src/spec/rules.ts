import { z } from 'zod';
import { metricNames, syntaxError } from '../promql/tree.ts';
import { widestRangeMs } from '../promql/widest-range.ts';
import type { AlertRule, RuleGroup } from '../model/spec.ts';
import { duration, expression, name, openList, strict, texts } from './schema.ts';
import type { Path, YamlSource } from './yaml-source.ts';

/** Nobody writes longer ones; nesting this deep still fits the stack of whoever walks the tree. */
const LONGEST_EXPR = 5_000;
const alerting = z.strictObject({
  alert: name,
  expr: expression,
  for: duration.default(0),
  keep_firing_for: duration.default(0),
  labels: texts.default({}),
  annotations: texts.default({}),
});
const recording = z.strictObject({ record: name, expr: expression, labels: texts.default({}) });
const groupSchema = strict(
  { name, interval: duration.optional(), rules: openList.optional() },
  'limit query_offset labels',
);
const fileSchema = z.strictObject(
  { groups: openList.optional() },
  { error: 'a map with the key `groups`' },
);

/** One rule file as far as it could be read. */
export interface RulesDraft {
  /**
   * Without the rules that are wrong, and with no more than the names of recording rules: those are
   * checked and left to Prometheus.
   */
  groups: RuleGroup[];
  /** Names of all alerts, wrong ones too; undefined when the file can't be read. */
  alertNames: string[] | undefined;
  source: YamlSource;
}

/** @param evaluationIntervalMs what a group without an interval of its own has, real-time ms */
export function readRules(source: YamlSource, evaluationIntervalMs: number): RulesDraft {
  if (source.data === undefined && source.problems.length === 0)
    return { groups: [], alertNames: [], source };
  const readable = source.check(fileSchema, []) !== undefined;
  const rulePaths = source
    .entries(['groups'])
    .flatMap((path) => source.entries([...path, 'rules']));
  return {
    source,
    groups: source.entries(['groups']).flatMap((path, i, groups): RuleGroup[] => {
      const group = source.check(groupSchema, path);
      if (
        group &&
        groups.slice(0, i).some((other) => source.get([...other, 'name']) === group.name)
      )
        source.say(
          [...path, 'name'],
          `the group \`${group.name}\` stands twice in this file`,
          'one group of this name',
        );
      const all = source.entries([...path, 'rules']);
      const rules = all.flatMap((rule) => readRule(source, rule));
      const records = all.map((rule) => source.get([...rule, 'record']));
      return group
        ? [
            {
              name: group.name,
              intervalMs: group.interval || evaluationIntervalMs,
              source: source.at(path),
              rules,
              records: records.filter((one) => typeof one === 'string'),
            },
          ]
        : [];
    }),
    alertNames: readable
      ? rulePaths.flatMap((path) => source.get([...path, 'alert']) ?? []).map(String)
      : undefined,
  };
}

function readRule(source: YamlSource, path: Path): AlertRule[] {
  const isRecording =
    source.get([...path, 'record']) !== undefined && source.get([...path, 'alert']) === undefined;
  const rule = source.check(isRecording ? recording : alerting, path);
  const exprPath = [...path, 'expr'];
  const expr = rule?.expr ?? source.get(exprPath);
  if (typeof expr !== 'string') return [];
  if (expr.length > LONGEST_EXPR) {
    source.say(exprPath, `the expression has ${expr.length} characters`, `at most ${LONGEST_EXPR}`);
    return [];
  }
  const error = syntaxError(expr);
  if (error !== undefined) {
    const rest = expr.slice(error).trim().split('\n')[0] ?? '';
    source.problems.push({
      source: source.within(exprPath, error),
      message: `the expression doesn't parse ${rest === '' ? 'at its end' : `near \`${rest.slice(0, 30)}\``}`,
      expected: 'PromQL',
    });
    return [];
  }
  if (!rule || 'record' in rule) return [];
  const { alert, for: forMs, keep_firing_for: keepFiringForMs, labels, annotations } = rule;
  return [
    {
      alert,
      expr,
      forMs,
      keepFiringForMs,
      labels,
      annotations,
      widestRangeMs: widestRangeMs(expr),
      metrics: metricNames(expr),
      source: source.at(path),
      exprSource: source.at(exprPath),
    },
  ];
}
