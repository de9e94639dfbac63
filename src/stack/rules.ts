import { parseDurationMs } from '../lib/duration.ts';
import type { SourceFile } from './source/source-file.ts';
import type { Value } from './source/value.ts';
import { Expression } from './expression.ts';

/** A rule of Prometheus, as far as it can be read. */
export interface Rule {
  kind: 'alert' | 'record';
  name: string;
  value: Value;
  expression: Expression;
  /** Undefined when it is no duration. */
  forMs: number | undefined;
  /** Static labels: the rule's and its group's. */
  labels: Map<string, { text: string; value: Value }>;
  annotations: Map<string, { text: string; value: Value }>;
  group: Group;
}

export interface Group {
  file: SourceFile;
  value: Value;
  name: string;
  /** Undefined: the evaluation interval of prometheus.yml. */
  intervalMs: number | undefined;
  rules: Rule[];
}

/** The groups of a rule file. */
export function readGroups(file: SourceFile): Group[] {
  return file.root
    .get('groups')
    .items()
    .filter((value) => value.isMap)
    .map((value) => {
      const interval = value.get('interval').text();
      const group: Group = {
        file,
        value,
        name: value.get('name').text() ?? '',
        intervalMs: interval === undefined ? undefined : parseDurationMs(interval),
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
  const held = value.get('for').text();
  return {
    kind,
    name,
    value,
    group,
    expression: new Expression(value.get('expr'), kind, `${kind} ${name}`),
    forMs: held === undefined ? 0 : parseDurationMs(held),
    labels: new Map([...shared, ...texts(value.get('labels'))]),
    annotations: texts(value.get('annotations')),
  };
}

function texts(map: Value): Rule['labels'] {
  return new Map(
    map.entries().flatMap(({ key, value }) => {
      const text = value.text();
      return text === undefined ? [] : [[key, { text, value }] as const];
    }),
  );
}
