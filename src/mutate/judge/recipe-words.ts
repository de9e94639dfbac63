import { endStatement, labelStatement, statementsOf } from '../../engine/statements.ts';
import type { About, AlertStatement } from '../../engine/statements.ts';
import { formatDuration } from '../../lib/duration.ts';
import type { Recipe } from '../../model/recipe.ts';

/** How people say that a statement is untrue. */
const UNTRUE: Record<About, string> = {
  quiet: 'just below the limit, it is active before',
  active: 'just above the limit, it is not pending at',
  pending: 'just above the limit, it is not pending any more at',
  'not-yet': 'just above the limit, it fires already at',
  firing: 'just above the limit, it does not fire at',
  lasting: 'when all is calm, it is over already at',
  over: 'when all is calm, it is still active at',
  labels: 'just above the limit, what fires has other labels at',
};

/**
 * What promtool's output says is untrue of a recipe's alert, in words, with what of its rule
 * explains that best; undefined when the output holds anything else.
 * @param keepFiringMs the rule's own `keep_firing_for`
 */
export function recipeWords(
  recipe: Recipe,
  keepFiringMs: number,
  output: string,
): string | undefined {
  const failed = failedIn(output);
  const isUntrue = ({ statement: { expr, eval_time: at } }: AlertStatement): boolean =>
    failed.has(`${at} ${expr}`);
  const exact = labelStatement(recipe);
  const seen = exact && failed.get(`${exact.statement.eval_time} ${exact.statement.expr}`);
  const states = recipe.pairs
    .flatMap((pair) => [...statementsOf(recipe, pair), endStatement(recipe, pair) ?? []].flat())
    .filter(isUntrue);
  // Whatever fires then, it isn't what was promised; where nothing does, its state says why.
  const fires = seen?.startsWith('got: {') ?? false;
  const [first] = exact && (fires || states.length === 0) ? [exact].filter(isUntrue) : states;
  if (!first) return undefined;
  const words = `${UNTRUE[first.about]} ${formatDuration(first.atMs)}`;
  return `${words}: look at ${first === exact ? LABELS : suspectOf(states, keepFiringMs)} first`;
}

/** Each statement that promtool tells of, as its moment and its question, with what it saw. */
function failedIn(output: string): Map<string, string> {
  const told = output.matchAll(/expr: ("(?:[^"\\]|\\.)*"), time: (\S+),\s*([^]*?)(?=expr: "|$)/g);
  return new Map(
    [...told].map(([, expr = '""', time = '', seen = '']) => [
      `${time} ${unquoted(expr)}`,
      seen.slice(seen.indexOf('got:')),
    ]),
  );
}

/** Go's quotes are those of JSON, but for what can't be printed. */
function unquoted(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text;
  }
}

const LABELS = '`labels`, and by which labels `expr` groups,';

/** What of a rule explains best that just these statements about its alert's state are untrue. */
function suspectOf(states: AlertStatement[], keepFiringMs: number): string {
  const untrue = new Set(states.map(({ about }) => about));
  const is = (...about: About[]): boolean => [...untrue].every((one) => about.includes(one));
  if (is('over') || (is('lasting', 'over') && keepFiringMs > 0)) return '`keep_firing_for`';
  if (is('lasting')) return '`expr`: its limit, or its window,';
  if (is('active', 'pending', 'not-yet')) return '`for`, which is too short,';
  // A world that is calm by then ends what hasn't fired.
  if (is('firing', 'lasting')) return '`for`, which is too long,';
  if (untrue.has('quiet')) return '`expr`: its limit, and what is compared with it,';
  // It comes, and later than it must.
  if (!untrue.has('pending') && !untrue.has('lasting'))
    return "`expr`: its window and its limit, or the group's `interval`,";
  return '`expr`: what it selects and groups by, its window, labels or limit,';
}
