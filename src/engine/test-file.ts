import { seriesText } from '../lib/series-text.ts';
import { stringify } from 'yaml';
import { formatDuration } from '../lib/duration.ts';
import type { Miniature, Pair, Recipe } from '../model/recipe.ts';
import { seriesNotation } from './series-notation.ts';
import { statementsOf } from './statements.ts';
import type { Statement } from './statements.ts';

/** A rule as a rule file has it. */
export interface RuleText {
  kind: 'alert' | 'record';
  name: string;
  expr: string;
  forMs: number;
  keepFiringMs: number;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/** A file of rule groups. */
export function rulesFile(groups: readonly { name: string; rules: readonly RuleText[] }[]): string {
  const data = groups.map(({ name, rules }) => ({ name, rules: rules.map(asRule) }));
  return stringify({ groups: data }, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** One group that holds what an alert needs, in order, and the alert itself. */
export function ruleFile(rules: readonly RuleText[], evaluationMs: number): string {
  const group = {
    name: 'rules',
    interval: formatDuration(evaluationMs),
    rules: rules.map(asRule),
  };
  return stringify({ groups: [group] }, { lineWidth: 0, aliasDuplicateObjects: false });
}

function asRule(rule: RuleText): Record<string, unknown> {
  return {
    [rule.kind]: rule.name,
    expr: rule.expr,
    ...(rule.forMs > 0 ? { for: formatDuration(rule.forMs) } : {}),
    ...(rule.keepFiringMs > 0 ? { keep_firing_for: formatDuration(rule.keepFiringMs) } : {}),
    ...(Object.keys(rule.labels).length > 0 ? { labels: rule.labels } : {}),
    ...(Object.keys(rule.annotations).length > 0 ? { annotations: rule.annotations } : {}),
  };
}

export interface TestGroup {
  name: string;
  interval: string;
  input_series: { series: string; values: string }[];
  promql_expr_test: Statement[];
}

/** promtool's tests of one alert's pairs, one group each. @param prefix before each group's name */
export function testGroups(recipe: Recipe, prefix: string): TestGroup[] {
  return recipe.pairs.map((pair, i) => testGroup(recipe, pair, `${prefix} ${i + 1}`));
}

function testGroup(recipe: Recipe, pair: Pair, name: string): TestGroup {
  const { timeline } = pair;
  const endMs = timeline.resolvedAtMs + 2 * timeline.evaluationMs;
  return {
    name,
    interval: formatDuration(timeline.scrapeMs),
    input_series: pair.series.map((series) => ({
      series: seriesText(series.metric, series.labels),
      values: seriesNotation(series, timeline, endMs),
    })),
    promql_expr_test: statementsOf(recipe, pair).map(({ statement }) => statement),
  };
}

/** The test of a rule that can never fire: its operands are there, and it gives nothing. */
export function miniatureGroup(
  { series, gives, nothing, timeline }: Miniature,
  alertname: string,
): TestGroup {
  const { scrapeMs, endMs } = timeline;
  const alerts = seriesText('ALERTS', { alertname, alertstate: 'firing' });
  const statement = (expr: string, atMs: number, some: boolean): Statement => ({
    expr: some ? `count(${expr}) > bool 0` : `count(${expr})`,
    eval_time: formatDuration(atMs),
    exp_samples: some ? [{ labels: '{}', value: 1 }] : [],
  });
  return {
    name: alertname,
    interval: formatDuration(scrapeMs),
    input_series: series.map((one) => ({
      series: seriesText(one.metric, one.labels),
      values: seriesNotation(one, timeline, endMs),
    })),
    promql_expr_test: [
      ...gives.map(({ expr, atMs }) => statement(expr, atMs, true)),
      ...nothing.map(({ expr, atMs }) => statement(expr, atMs, false)),
      statement(`count_over_time(${alerts}[${formatDuration(endMs)}])`, endMs, false),
    ],
  };
}

/**
 * A whole test file. @param ruleFiles paths as promtool will open them @param groupOrder rule
 * groups in the order in which they are to be evaluated
 */
export function testFile(
  ruleFiles: readonly string[],
  evaluationMs: number,
  tests: readonly TestGroup[],
  groupOrder: readonly string[] = [],
): string {
  const data = {
    rule_files: ruleFiles,
    evaluation_interval: formatDuration(evaluationMs),
    ...(groupOrder.length > 0 ? { group_eval_order: groupOrder } : {}),
    tests,
  };
  return stringify(data, { lineWidth: 0, aliasDuplicateObjects: false });
}
