import { plainNumber } from '../lib/plain-number.ts';
import type { Recipe, Unsolved } from '../model/recipe.ts';
import type { Expr } from '../promql/ast.ts';
import { limitsOf } from '../promql/limits.ts';

const COMPARISON: Readonly<Record<string, string>> = {
  '>': 'over',
  '>=': 'from',
  '<': 'under',
  '<=': 'up to',
  '==': 'at exactly',
  '!=': 'at anything but',
};

/** When an alert fires: its limits, and a world in which it does. */
export function firesWords({ always, pairs }: Recipe, expr: Expr | undefined): string {
  if (always) return 'always, whatever there is';
  const limits = expr ? limitsOf(expr) : [];
  const words = limits.map(({ op, value }) => {
    const upwards = op === '>=' ? ' on' : '';
    return `${COMPARISON[op] ?? op} ${plainNumber(value)}${upwards}`;
  });
  const where = `where ${pairs[0].lever}`;
  return words.length === 0 ? where : `${words.join(', and ')}; as ${where}`;
}

/** What somebody has to look at. */
export function todoWords(unsolved: Unsolved): string {
  switch (unsolved.kind) {
    case 'unsatisfiable':
      return `it can never fire: ${unsolved.reason}`;
    case 'not-understood':
      return `not understood (${unsolved.construct}): ${unsolved.reason}`;
    case 'needs-word':
      return `${unsolved.reason}. ${unsolved.question}`;
  }
}
