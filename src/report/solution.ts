import { onlyWithout } from '../lib/only-without.ts';
import type { KeptContract } from '../model/kept-contract.ts';
import { labelled, proseWidth, wrap } from './text.ts';
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

const SIDES = ['lower', 'higher'] as const;

/** Whether a number's side is settled: a pair notices it, or both numbers mean the same. */
function settled(pin: Pin, side: (typeof SIDES)[number]): boolean {
  return pin[side] || pin.loose?.[side]?.equivalent === true;
}

/**
 * The numbers that alerts compare with, and how many are pinned: on both sides, and by any pair. A
 * side on which no world could ever notice another number (`equivalent`) leaves nothing to pin.
 */
function pinned({ recipes }: Solution): Record<string, number> {
  const pins = recipes.flatMap((r) => r.pins);
  const sides = pins.map((p) => SIDES.filter((side) => settled(p, side)).length);
  return {
    total: pins.length,
    bothSides: sides.filter((n) => n === 2).length,
    oneSide: sides.filter((n) => n === 1).length,
    equivalent: pins.filter((p) => SIDES.some((side) => p.loose?.[side]?.equivalent)).length,
  };
}

/** One object for scripts: counts, thresholds, and for each alert what was found. */
export function solutionJson(solution: Solution, contract: KeptContract): string {
  const details = [...solution.recipes.map(solvedJson), ...solution.unsolved.map(unsolvedJson)];
  return JSON.stringify(
    {
      schema: SOLUTION_SCHEMA,
      ...counts(solution),
      thresholds: pinned(solution),
      contract: {
        file: contract.file,
        written: contract.isWritten,
        added: contract.added,
      },
      details: details.sort((a, b) => a.index - b.index),
    },
    undefined,
    2,
  );
}

function solvedJson(recipe: Recipe) {
  const { alert, pairs, pins, lacking, instances, forMs, windowMs, readsClock } = recipe;
  const what = { forMs, windowMs, readsClock, ...(lacking && { lacking }) };
  return { ...alert, result: 'solved', ...what, instances, pins, pairs };
}

function unsolvedJson({ alert, kind, ...why }: Unsolved) {
  return { ...alert, result: kind, ...why };
}

/** What became of the contract, in a line. */
function contractLine({ file, added, isWritten, byHand }: KeptContract): string {
  if (added.length === 0) return `${file} speaks of all of it already`;
  const counts = new Map<string, number>();
  for (const [section = ''] of added.map((path) => path.split('.')))
    counts.set(section, (counts.get(section) ?? 0) + 1);
  const what = [...counts]
    .filter(([section]) => section !== 'version')
    .map(([section, count]) => (count > 1 ? `${count} ${section}` : section))
    .join(', ');
  if (byHand) return `${file} names components, so it is left to people; it lacks ${what}`;
  return `${file} ${isWritten ? 'is written' : 'would be written'}, with ${what}`;
}

/** For people: what each alert needs to fire, and what was not solved and why. */
export function solutionText(
  solution: Solution,
  { dir, contract, width }: { dir: string; contract: KeptContract; width: number },
): string {
  const { alerts, solved, unsatisfiable, notUnderstood, needsWord } = counts(solution);
  const { total = 0, bothSides = 0 } = pinned(solution);
  const room = proseWidth(width);
  return [
    ...solution.recipes.flatMap((recipe) => solvedLines(recipe, room)),
    ...solution.unsolved.flatMap((one) => behind('✗', unsolvedWords(one), room)),
    '',
    ...[
      `${dir}: ${alerts} alerts; ${solved} solved and confirmed by promtool, ${unsatisfiable} can never fire, ` +
        `${notUnderstood} not understood, ${needsWord} need a word`,
      `${bothSides} of ${total} numbers that they compare with are pinned on both sides`,
      contractLine(contract),
    ].flatMap((line) => wrap(line, room)),
  ].join('\n');
}

function solvedLines({ alert, pairs, pins, lacking }: Recipe, width: number): string[] {
  const only = lacking ? [onlyWithout(lacking)] : [];
  return [
    ...behind('✓', `${alert.name}: fires when ${pairs[0].lever}`, width),
    ...[...only, ...pins.flatMap(looseWords)].flatMap((text) => wrap(`    ${text}`, width)),
  ];
}

/** A text behind its mark; its further lines stand below its words. */
function behind(mark: string, text: string, width: number): string[] {
  return labelled(mark, text, { indent: 0, labelWidth: 2, width });
}

/**
 * A sentence for each side on which another number goes unnoticed, and means something else.
 */
function looseWords(pin: Pin): string[] {
  return SIDES.filter((side) => !settled(pin, side)).map((side) => {
    const why = pin.loose?.[side]?.reason;
    return `nothing would notice if its ${pin.value} were a little ${side}${why === undefined ? '' : `: ${why}`}`;
  });
}

function unsolvedWords({ alert, kind, reason }: Unsolved): string {
  const place = `${alert.file}:${alert.line}`;
  const words = {
    unsatisfiable: 'can never fire',
    'not-understood': 'not understood',
    'needs-word': 'needs a word',
  };
  return `${alert.name} (${place}) ${words[kind]}: ${reason}`;
}
