import { parse } from 'yaml';
import { parseDurationMs } from '../lib/duration.ts';
import type { StackFile } from '../model/spec.ts';

/** An alerting rule, as far as its states depend on it. */
export interface AlertingRule {
  kind: 'alert';
  name: string;
  expr: string;
  forMs: number;
  keepFiringForMs: number;
  labels: Record<string, string>;
}

/** A recording rule. */
export interface RecordingRule {
  kind: 'record';
  name: string;
  expr: string;
  labels: Record<string, string>;
}

/** Rules that are evaluated one after the other, for the same times. */
export interface ReplayGroup {
  /** Path in the stack's folder. */
  file: string;
  name: string;
  rules: (AlertingRule | RecordingRule)[];
}

interface RuleText {
  alert?: string;
  record?: string;
  expr?: unknown;
  for?: unknown;
  keep_firing_for?: unknown;
  labels?: Record<string, unknown> | null;
}

/** The rule groups in a run's files, in their order; what holds no groups is no rule file. */
export function ruleGroupsIn(files: StackFile[]): ReplayGroup[] {
  return files
    .filter(({ path }) => /^prometheus\/.*\.ya?ml$/.test(path))
    .flatMap(({ path, text }) => {
      const content = parse(text, { merge: true, logLevel: 'error' }) as {
        groups?: { name?: unknown; rules?: RuleText[] | null }[] | null;
      } | null;
      if (!Array.isArray(content?.groups)) return [];
      return content.groups.map((group) => ({
        file: path,
        name: String(group.name),
        rules: (group.rules ?? []).map(ruleOf),
      }));
    });
}

function ruleOf(rule: RuleText): AlertingRule | RecordingRule {
  const expr = String(rule.expr);
  const labels = Object.fromEntries(
    Object.entries(rule.labels ?? {}).map(([name, value]) => [name, String(value)]),
  );
  if (rule.record !== undefined) return { kind: 'record', name: rule.record, expr, labels };
  const forMs = durationOf(rule.for);
  const keepFiringForMs = durationOf(rule.keep_firing_for);
  return { kind: 'alert', name: rule.alert ?? '', expr, forMs, keepFiringForMs, labels };
}

function durationOf(value: unknown): number {
  return typeof value === 'string' ? (parseDurationMs(value) ?? 0) : 0;
}
