import { variableQuery } from '../../../stack/dashboards/index.ts';
import type { Dashboard } from '../../../stack/dashboards/index.ts';
import type { Value } from '../../../stack/source/value.ts';
import type { Rule, Say } from '../../rule.ts';

export const variableOtherwise: Rule = {
  id: 'promise/variable-otherwise',
  level: 'error',
  title: 'A variable of a dashboard that offers something else than the contract promises',
  why: 'People choose among other values, or see others than all when they open the dashboard.',
  mend: 'Find out which of them is right, and change the other.',
  check: ({ contract, dashboards }, say) => {
    for (const { key: title, value } of contract?.root.get('variables').entries() ?? [])
      for (const board of dashboards.filter((one) => one.title === title))
        for (const { key: name, value: promised } of value.entries())
          judgeVariable(board, name, promised, say);
  },
};

function judgeVariable(board: Dashboard, name: string, promised: Value, say: Say): void {
  const subject = `dashboard ${board.title}`;
  const variable = board.variables.find((one) => one.name === name)?.value;
  if (!variable) {
    say(promised.keyPlace, `${board.title} has no variable ${name}`, { subject });
    return;
  }
  for (const { key, value: wanted } of promised.entries()) {
    const at = PLACES[key]?.(variable);
    if (!at) continue;
    const [own, text] = [textOf(at), textOf(wanted)];
    if (own !== text)
      say(
        at.exists ? at.place : variable.head,
        `\`${key}\` of $${name} in ${board.title} is ${own || 'nothing'}, and ${text || 'nothing'} is promised`,
        { subject },
      );
  }
}

/** Where a variable says what is promised of it. */
const PLACES: Record<string, (variable: Value) => Value> = {
  query: variableQuery,
  default: (variable) => variable.at('current', 'text'),
  all: (variable) =>
    variable.get('includeAll').isTrue() ? variable.get('allValue') : NO_ALL(variable),
  multi: (variable) => variable.get('multi'),
};

/** Where all can't be chosen, it doesn't count by what they would be asked for. */
const NO_ALL = (variable: Value): Value => variable.get('includeAll').get('');

function textOf(value: Value): string {
  return value
    .texts()
    .map(({ text }) => text)
    .join(', ');
}
