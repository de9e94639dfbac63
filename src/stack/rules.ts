import { parseDurationMs } from '../lib/duration.ts';
import type { SourceFile } from './source/source-file.ts';
import type { Value } from './source/value.ts';
import { asksOther } from './victoria-metrics.ts';
import { Expression } from './expression.ts';
import type { Prometheus } from './prometheus.ts';

/** A rule of Prometheus, as far as it can be read. */
export interface Rule {
  kind: 'alert' | 'record';
  name: string;
  value: Value;
  expression: Expression;
  /** Undefined when it is no duration. */
  forMs: number | undefined;
  /** Undefined when it is no duration. */
  keepFiringForMs: number | undefined;
  /** Static labels: the rule's and its group's. */
  labels: Map<string, { text: string; value: Value }>;
  annotations: Map<string, { text: string; value: Value }>;
  group: Group;
}

export interface Group {
  file: SourceFile;
  /** What Prometheus loads as one file: a file holds several where it is a stream of resources. */
  document: Value;
  value: Value;
  name: string;
  /** Its own; undefined: the evaluation interval of the configuration that loads it. */
  intervalMs: number | undefined;
  /**
   * Its own interval, or that of the configuration that loads it; undefined when nobody can tell.
   */
  evaluationMs: number | undefined;
  /** The configuration that loads it; undefined when none does, or there is none here. */
  prometheus: Prometheus | undefined;
  /** Of a resource that the prometheus-operator hands to its Prometheus. */
  isResource: boolean;
  /**
   * Whether it stands behind the first document of its file, where Prometheus never comes to
   * (model/rulefmt, `Parse`); resources are read one by one, VictoriaMetrics reads all, and so does
   * mimirtool, whose namespaces may share a file.
   */
  isBeyondFirst: boolean;
  /** Of VictoriaMetrics' ruler, whose expressions are MetricsQL. */
  isVmalerts: boolean;
  rules: Rule[];
}

/**
 * The groups of a rule file, or of a resource that has them under `spec`.
 * @param isVmalerts whether VictoriaMetrics' ruler is given them
 */
export function readGroups(file: SourceFile, root: Value, isVmalerts = false): Group[] {
  const isResource = root.has('kind') && !root.has('groups');
  return (isResource ? root.get('spec') : root)
    .get('groups')
    .items()
    .filter((value) => value.isMap)
    .map((value) => {
      const interval = value.get('interval').text();
      const intervalMs = interval === undefined ? undefined : parseDurationMs(interval);
      const group: Group = {
        file,
        document: root,
        value,
        name: value.get('name').text() ?? '',
        intervalMs,
        // An interval of 0 counts as not written.
        evaluationMs: intervalMs || undefined,
        prometheus: undefined,
        isResource,
        isBeyondFirst:
          !isResource && !isVmalerts && !root.has('namespace') && file.documents[0] !== root,
        isVmalerts,
        rules: [],
      };
      const shared = texts(value.get('labels'));
      for (const rule of value.get('rules').items())
        if (rule.isMap) group.rules.push(readRule(rule, group, shared));
      return group;
    });
}

function readRule(value: Value, group: Group, shared: Rule['labels']): Rule {
  const kind = value.has('record') && !value.has('alert') ? 'record' : 'alert';
  const name = value.get(kind).text() ?? '';
  const duration = (key: string): number | undefined => {
    const text = value.get(key).text();
    return text === undefined ? 0 : parseDurationMs(text);
  };
  return {
    kind,
    name,
    value,
    group,
    expression: new Expression(value.get('expr'), kind, `${kind} ${name}`, languageOf(group)),
    forMs: duration('for'),
    keepFiringForMs: duration('keep_firing_for'),
    labels: new Map([...shared, ...texts(value.get('labels'))]),
    annotations: texts(value.get('annotations')),
  };
}

/** What the expressions of a group are written in, where it may be more than PromQL. */
function languageOf({ isVmalerts, value }: Group): { extended?: 'metricsql' | 'other' } {
  if (!isVmalerts) return {};
  return { extended: asksOther(value) ? 'other' : 'metricsql' };
}

function texts(map: Value): Rule['labels'] {
  return new Map(
    map.entries().flatMap(({ key, value }) => {
      const text = value.text();
      return text === undefined ? [] : [[key, { text, value }] as const];
    }),
  );
}
