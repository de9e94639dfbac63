import type { RuleOperator } from './operator.ts';
import { withText } from './operator.ts';

/** What people take a severity for. */
const SEVERITIES: Record<string, string> = { critical: 'warning', warning: 'critical' };
const ACTION = /\{\{(.*?)\}\}/g;
/** A value that is printed for people: by a function, in a pipe. */
const FORMATTED = /\{\{-?\s*(?:\$value\s*\|[^}]*|[a-z]\w*\s+[^}]*\$value[^}]*)\}\}/g;

/** A label with another value: the severity with its neighbour. */
export const labelChanged: RuleOperator = {
  id: 'label-changed',
  mutations: (body) =>
    Object.entries(body.labels ?? {}).map(([key, text]) =>
      withText(body, 'labels', key, SEVERITIES[text] ?? `${text}x`),
    ),
};

export const labelDropped: RuleOperator = {
  id: 'label-dropped',
  mutations: (body) =>
    Object.keys(body.labels ?? {}).map((key) => withText(body, 'labels', key, undefined)),
};

/** `{{ $labels.instance }}` becomes `{{ $labels.instancex }}`: nothing is printed. */
export const annotationLabelMisspelt: RuleOperator = {
  id: 'annotation-label-misspelt',
  mutations: (body) =>
    annotations(body, (text) =>
      text.replace(ACTION, (action) => action.replace(/(\$labels\.\w+)/, '$1x')),
    ),
};

/** The value as it is, without the function that makes it readable. */
export const annotationValueRaw: RuleOperator = {
  id: 'annotation-value-raw',
  mutations: (body) => annotations(body, (text) => text.replace(FORMATTED, '{{ $value }}')),
};

export const annotationDropped: RuleOperator = {
  id: 'annotation-dropped',
  mutations: (body) =>
    Object.keys(body.annotations ?? {}).map((key) => withText(body, 'annotations', key, undefined)),
};

/** The text of the alert beside it: copied, and not changed. */
export const annotationOfAnother: RuleOperator = {
  id: 'annotation-of-another',
  mutations: (body, others) =>
    annotations(body, (text, key) => {
      const foreign = others.find((other) => (other.annotations?.[key] ?? text) !== text);
      return foreign?.annotations?.[key] ?? text;
    }),
};

function annotations(
  body: Parameters<RuleOperator['mutations']>[0],
  change: (text: string, key: string) => string,
): ReturnType<RuleOperator['mutations']> {
  return Object.entries(body.annotations ?? {}).flatMap(([key, text]) => {
    const other = change(text, key);
    return other === text ? [] : [withText(body, 'annotations', key, other)];
  });
}
