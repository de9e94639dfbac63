import { z } from 'zod';
import { metricNames, syntaxError, widestRangeMs } from '../lib/promql.ts';
import type { AlertRule, RuleGroup } from '../model/spec.ts';
import { duration, strict } from './schema.ts';
import type { YamlSource } from './yaml-source.ts';

const texts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).default({});
const alerting = z.strictObject({ alert: z.string().min(1), expr: z.union([z.string(), z.number()]).transform(String), for: duration.default(0), keep_firing_for: duration.default(0), labels: texts, annotations: texts });
const recording = z.strictObject({ record: z.string().min(1), expr: z.union([z.string(), z.number()]).transform(String), labels: texts });
const group = strict({ name: z.string().min(1), interval: duration.optional(), rules: z.array(z.unknown()).default([]) }, 'limit query_offset labels');
const schema = strict({ groups: z.array(group).default([]) });

/** The alerting rules of one rule file, by group. Recording rules are checked and left to Prometheus. */
export function readRules(source: YamlSource, evaluationIntervalMs: number): RuleGroup[] {
  const raw = source.parse(schema);
  return (raw?.groups ?? []).map((g, i) => ({
    name: g.name,
    intervalMs: g.interval ?? evaluationIntervalMs,
    source: source.at(['groups', i]),
    rules: g.rules.flatMap((rule, j) => readRule(source, rule, ['groups', i, 'rules', j])),
  }));
}

function readRule(source: YamlSource, value: unknown, path: (string | number)[]): AlertRule[] {
  const isRecording = typeof value === 'object' && value !== null && 'record' in value;
  const schemaOfRule = isRecording ? recording : alerting;
  const result = schemaOfRule.safeParse(value);
  if (!result.success) {
    // The file's own schema leaves the rules open, so that a rule is reported as what it was meant to be.
    for (const issue of result.error.issues) {
      const names = issue.code === 'unrecognized_keys' ? issue.keys : [undefined];
      for (const name of names) {
        source.problems.push({ source: source.at([...path, ...issue.path, ...(name === undefined ? [] : [name])], name !== undefined), message: name === undefined ? `wrong or missing \`${issue.path.map(String).join('.') || 'rule'}\`` : `unknown key \`${name}\``, expected: name === undefined ? issue.message.replace(/^Invalid input: expected /, '') : `one of: ${Object.keys(schemaOfRule.shape).join(', ')}` });
      }
    }
    return [];
  }
  const error = syntaxError(result.data.expr);
  if (error !== undefined) {
    source.problems.push({ source: source.at([...path, 'expr']), message: `the expression doesn't parse: error near \`${result.data.expr.slice(error, error + 20).trim() || 'its end'}\` (character ${error + 1})`, expected: 'PromQL' });
    return [];
  }
  if ('record' in result.data) return [];
  const { alert, expr, for: forMs, keep_firing_for: keepFiringForMs, labels, annotations } = result.data;
  return [{ alert, expr, forMs, keepFiringForMs, labels, annotations, widestRangeMs: widestRangeMs(expr), metrics: metricNames(expr), source: source.at(path), exprSource: source.at([...path, 'expr']) }];
}
