import type { Pin, Recipe, Solution, Unsolved } from '../model/recipe.ts';

/** Version of the object that {@link solutionJson} writes. */
const SOLUTION_SCHEMA = 1;

/** Counts of a solution; every alert is in exactly one of the last four. */
function counts({ recipes, unsolved }: Solution): Record<string, number> {
  const of = (kind: Unsolved['kind']): number => unsolved.filter((u) => u.kind === kind).length;
  return {
    alerts: recipes.length + unsolved.length,
    solved: recipes.length,
    unsatisfiable: of('unsatisfiable'),
    notUnderstood: of('not-understood'),
    needsWord: of('needs-word'),
  };
}

/** The numbers that alerts compare with, and how many are pinned: on both sides, and by any pair. */
function pinned({ recipes }: Solution): { total: number; bothSides: number; oneSide: number } {
  const pins = recipes.flatMap((r) => r.pins);
  return {
    total: pins.length,
    bothSides: pins.filter((p) => p.lower && p.higher).length,
    oneSide: pins.filter((p) => p.lower !== p.higher).length,
  };
}

/** One object for scripts: counts, thresholds, and for each alert what was found. */
export function solutionJson(solution: Solution): string {
  const details = [...solution.recipes.map(solvedJson), ...solution.unsolved.map(unsolvedJson)];
  return JSON.stringify(
    {
      schema: SOLUTION_SCHEMA,
      ...counts(solution),
      thresholds: pinned(solution),
      details: details.sort((a, b) => a.index - b.index),
    },
    undefined,
    2,
  );
}

function solvedJson(recipe: Recipe) {
  const { alert, pairs, pins, instances, forMs, windowMs, readsClock } = recipe;
  return { ...alert, result: 'solved', forMs, windowMs, readsClock, instances, pins, pairs };
}

function unsolvedJson({ alert, kind, ...why }: Unsolved) {
  return { ...alert, result: kind, ...why };
}

/** For people: what each alert needs to fire, and what was not solved and why. */
export function solutionText(solution: Solution, dir: string): string {
  const { alerts, solved, unsatisfiable, notUnderstood, needsWord } = counts(solution);
  const { total, bothSides } = pinned(solution);
  return [
    ...solution.recipes.map(solvedLine),
    ...solution.unsolved.map(unsolvedLine),
    '',
    `${dir}: ${alerts} alerts; ${solved} solved and confirmed by promtool, ${unsatisfiable} can never fire, ` +
      `${notUnderstood} not understood, ${needsWord} need a word`,
    `${bothSides} of ${total} numbers that they compare with are pinned on both sides`,
  ].join('\n');
}

function solvedLine({ alert, pairs, pins }: Recipe): string {
  const loose = pins.filter((p) => !p.lower || !p.higher).map(looseWords);
  return [`✓ ${alert.name}: fires when ${pairs[0].lever}`, ...loose].join('\n');
}

function looseWords({ value, lower, higher }: Pin): string {
  const side = lower ? 'higher' : higher ? 'lower' : 'other';
  return `    nothing would notice if its ${value} were a little ${side}`;
}

function unsolvedLine({ alert, kind, reason }: Unsolved): string {
  const place = `${alert.file}:${alert.line}`;
  const words = {
    unsatisfiable: 'can never fire',
    'not-understood': 'not understood',
    'needs-word': 'needs a word',
  };
  return `✗ ${alert.name} (${place}) ${words[kind]}: ${reason}`;
}
