import type { VariableOperator } from './operator.ts';

/** One of many is chosen when somebody opens the dashboard. */
const defaultChanged: VariableOperator = {
  id: 'variable-default-changed',
  mistakes: ({ one: { value }, path }) => {
    const current = value.get('current');
    if (!current.exists) return [];
    const was = current
      .get('text')
      .texts()
      .map(({ text }) => text)
      .join(', ');
    const edits = ['text', 'value'].map((key) => ({
      path: [...path, 'current', key],
      value: current.get(key).isList ? [SOME_CHOICE] : SOME_CHOICE,
    }));
    return [{ value: current, was, becomes: SOME_CHOICE, edits }];
  },
};
const SOME_CHOICE = 'one-of-them';

/** Its values are found elsewhere: `label_values(up, job)`. */
const queryChanged: VariableOperator = {
  id: 'variable-query-changed',
  mistakes: ({ one: { value }, path }) => {
    const query = value.get('query');
    const held = query.isMap ? query.get('query') : query;
    const was = held.text();
    if (was === undefined) return [];
    const at = [...path, 'query', ...(query.isMap ? ['query'] : [])];
    const others = [was.replace(/\(\s*\w+/, '(up'), was.replace(/(\w+)\s*\)$/, '$1x)')];
    return others
      .filter((becomes) => becomes !== was)
      .map((becomes) => ({ value: held, was, becomes, edits: [{ path: at, value: becomes }] }));
  },
};

const allGone: VariableOperator = {
  id: 'variable-all-gone',
  mistakes: ({ one: { value }, path }) =>
    value.get('includeAll').isTrue()
      ? [
          {
            value: value.get('includeAll'),
            was: 'true',
            becomes: 'false',
            edits: [{ path: [...path, 'includeAll'], value: false }],
          },
        ]
      : [],
};

/** All means something else: what has no such label too. */
const allChanged: VariableOperator = {
  id: 'variable-all-changed',
  mistakes: ({ one: { value }, path }) => {
    const all = value.get('allValue');
    const was = all.text();
    if (was === undefined) return [];
    const becomes = was === '.*' ? '.+' : '.*';
    return [{ value: all, was, becomes, edits: [{ path: [...path, 'allValue'], value: becomes }] }];
  },
};

const multiFlipped: VariableOperator = {
  id: 'variable-multi-flipped',
  mistakes: ({ one: { value }, path }) => {
    const multi = value.get('multi');
    if (!multi.exists) return [];
    const was = multi.isTrue();
    const edits = [{ path: [...path, 'multi'], value: !was }];
    return [{ value: multi, was: String(was), becomes: String(!was), edits }];
  },
};

export const VARIABLE_OPERATORS: VariableOperator[] = [
  defaultChanged,
  queryChanged,
  allGone,
  allChanged,
  multiFlipped,
];
