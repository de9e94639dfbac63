import { causesIn } from '../../lib/mutation-causes.ts';
import type { MutantResult, MutationResult } from '../../model/mutation.ts';
import { scoreOf, scoresBy } from '../../lib/mutation-score.ts';
import type { Score } from '../../lib/mutation-score.ts';
import { percent } from './percent.ts';
import { scoreTable } from './score-table.ts';
import { colors, count, harmless, labelled, proseWidth, tableWidth, wrap } from '../text.ts';

export interface MutationTextOptions {
  color: boolean;
  width: number;
  /** Every kind of mistake, and every mutant that nobody could decide. */
  verbose: boolean;
}

/** So many survivors are shown at first. */
const SHOWN = 20;

/** A mutation run for people: what would go unnoticed first, then the scores. */
export function mutationText(result: MutationResult, options: MutationTextOptions): string {
  const c = colors(options.color);
  const width = proseWidth(options.width);
  const table = { width: tableWidth(options.width), all: options.verbose };
  const survivors = result.results.filter(({ fate }) => fate === 'survived');
  const undecided = result.results.filter(({ fate }) => fate === 'undecided');
  const shown = survivors.slice(0, options.verbose ? Infinity : SHOWN);
  const more = survivors.length - shown.length;
  return [
    ...shown.map((one) => mutantText(one, 'unnoticed', width, c.yellow)),
    ...(more > 0 ? [`… and ${more} more: --verbose`] : []),
    ...(options.verbose
      ? undecided.map((one) => mutantText(one, 'undecided', width, c.blue))
      : undecidedReasons(undecided, width)),
    scoreTable(
      'mistake',
      scoresBy(result.results, ({ mutant }) => mutant.operator),
      table,
    ),
    scoreTable(
      'subject',
      scoresBy(result.results, ({ mutant }) => mutant.subject),
      table,
    ),
    wrap(summaryOf(scoreOf(result.results)), width)
      .map((line) => c.bold(line))
      .join('\n'),
    wrap(sampleText(result), width).join('\n'),
    causesText(result.results, options.verbose),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function mutantText(
  { mutant, because }: MutantResult,
  label: string,
  width: number,
  paint: (text: string) => string,
): string {
  const layout = { indent: 2, labelWidth: 11, width };
  const { file, line, column } = mutant.at;
  const [place, subject] = [`${harmless(file)}:${line}:${column}`, harmless(mutant.subject)];
  // A place stays whole, to be clicked.
  const isWide = place.length + 2 + subject.length > width;
  return [
    isWide ? `${place}\n  ${subject}` : `${place}  ${subject}`,
    ...labelled(
      label,
      `${harmless(mutant.was) || '(nothing)'} → ${harmless(mutant.becomes) || '(nothing)'} [${mutant.operator}]`,
      { ...layout, paint },
    ),
    ...labelled('', harmless(because), layout),
  ].join('\n');
}

/** Why mutants couldn't be decided, each reason once. */
function undecidedReasons(undecided: MutantResult[], width: number): string[] {
  const reasons = new Map<string, number>();
  for (const { because } of undecided) reasons.set(because, (reasons.get(because) ?? 0) + 1);
  return [...reasons].flatMap(([why, times]) =>
    labelled('undecided', `${times}: ${harmless(why)}`, { indent: 0, labelWidth: 11, width }).join(
      '\n',
    ),
  );
}

/** How often what notices a mistake names it, and, if asked, where it doesn't. */
function causesText(results: MutantResult[], verbose: boolean): string {
  const causes = causesIn(results);
  if (!causes) return '';
  const astray = results.filter(({ namesCause }) => namesCause === false);
  return [
    `the right cause first: ${causes.named} of ${causes.of} noticed (${percent(causes.named / causes.of)})`,
    ...(verbose
      ? astray.map(
          ({ mutant, because }) =>
            `  ${mutant.operator} of ${harmless(mutant.subject)}: ${harmless(because)}`,
        )
      : []),
  ].join('\n');
}

/** Whether it are all that there are. */
function sampleText({ results, seed, of, left }: MutationResult): string {
  return results.length + left < of
    ? `These are drawn from ${of} (seed ${seed}); --all judges all, --sample N so many.`
    : '';
}

/** One line: the score, and what it is of. */
function summaryOf({ counts, score }: Score): string {
  const { killed, survived, equivalent, undecided, invalid } = counts;
  const parts = [
    `${killed} noticed`,
    `${survived} unnoticed`,
    ...(undecided > 0 ? [`${undecided} undecided`] : []),
    ...(equivalent > 0 ? [`${equivalent} mean the same`] : []),
    ...(invalid > 0 ? [`${invalid} refused by the engine`] : []),
  ];
  const all = killed + survived + equivalent + undecided + invalid;
  return `score ${percent(score)}: ${parts.join(', ')} of ${count(all, 'mutant')}`;
}
