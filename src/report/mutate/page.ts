import { scoreOf, scoresBy } from '../../lib/mutation-score.ts';
import type { Score } from '../../lib/mutation-score.ts';
import type { Fate, MutantResult, MutationResult } from '../../model/mutation.ts';
import { documentOf } from '../html/document.ts';
import { withCode } from '../html/guide.ts';
import type { Assets } from '../html/input.ts';
import { anchor, html } from '../html/markup.ts';
import type { Markup } from '../html/markup.ts';
import { mark } from '../html/marks.ts';
import { helpDialog, toolbar } from '../html/toolbar.ts';
import { percent } from './percent.ts';

const PARTS: [id: string, title: string][] = [
  ['unnoticed', 'Unnoticed'],
  ['undecided', 'Undecided'],
  ['kinds', 'By mistake'],
  ['subjects', 'By subject'],
  ['noticed', 'Noticed'],
];
const OUTCOMES: Record<Fate, 'pass' | 'fail' | 'inconclusive'> = {
  ...{ killed: 'pass', equivalent: 'pass' },
  ...{ survived: 'fail', undecided: 'inconclusive', invalid: 'inconclusive' },
};

/**
 * A mutation run as one HTML page that needs nothing else, as the report of a verification: what
 * would go unnoticed first, each with what would tell it apart.
 */
export function mutationPage(result: MutationResult, stackName: string, assets: Assets): string {
  const { results } = result;
  const of = (...fates: Fate[]): MutantResult[] =>
    results.filter(({ fate }) => fates.includes(fate));
  const survivors = of('survived');
  const main = html`${head(result, stackName)}
    ${mutantsSection('unnoticed', 'Unnoticed', UNNOTICED, survivors)}
    ${mutantsSection('undecided', 'Undecided', UNDECIDED, of('undecided', 'invalid'))}
    ${scores('kinds', 'By mistake', ({ mutant }) => mutant.operator, results)}
    ${scores('subjects', 'By subject', ({ mutant }) => mutant.subject, results)}
    ${mutantsSection('noticed', 'Noticed, and what means the same', NOTICED, of('killed', 'equivalent'))}`;
  return documentOf({
    title: `${headline(scoreOf(results))} (${stackName})`,
    assets,
    bar: toolbar(PARTS, survivors.length),
    main,
    help: helpDialog,
    charts: {},
  });
}

const UNNOTICED =
  'Nothing that was looked at tells these from the stack as it is. What would, stands below each.';
const UNDECIDED =
  'What would tell was not recorded, or could not be worked out: these count neither way.';
const NOTICED = 'What noticed each first, or why it means the same.';

function headline({ score, counts }: Score): string {
  return counts.survived === 0
    ? `Score ${percent(score)}: every mistake that was judged would be noticed`
    : `Score ${percent(score)}: ${counts.survived} of ${counts.killed + counts.survived} mistakes would go unnoticed`;
}

function head({ results, seed, of, left, unread }: MutationResult, stackName: string): Markup {
  const score = scoreOf(results);
  const { killed, survived, equivalent, undecided, invalid } = score.counts;
  const isOpen = score.score === null || left > 0 || unread.length > 0;
  const outcome = survived > 0 ? 'fail' : isOpen ? 'inconclusive' : 'pass';
  const drawn = results.length + left;
  const figures: [string, string | number][] = [
    ['stack', stackName],
    ['mistakes', drawn < of ? `${drawn} of ${of}, seed ${seed}` : of],
    ['noticed', killed],
    ['unnoticed', survived],
    ['mean the same', equivalent],
    ['undecided', undecided],
    ['refused by the engine', invalid],
    ...(left > 0 ? [['not judged', left] satisfies [string, number]] : []),
  ];
  return html`<section class="summary ${outcome}" aria-labelledby="verdict">
    <h1 id="verdict">${mark(outcome)} <span>${headline(score)}</span></h1>
    <dl class="figures">
      ${figures.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
    </dl>
    ${unread.map((line) => html`<p>${withCode(line)}</p>`)}
  </section>`;
}

function mutantsSection(id: string, title: string, lead: string, own: MutantResult[]): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${own.length === 0 ? html`<p class="nothing">None.</p>` : html`<p class="lead">${lead}</p>`}
    ${own.length > 0 && html`<div class="rows">${own.map(mutantRow)}</div>`}
  </section>`;
}

function mutantRow({ mutant, fate, because }: MutantResult): Markup {
  const { subject, operator, was, becomes, at } = mutant;
  return html`<article class="row" data-row data-outcome="${OUTCOMES[fate]}"
    id="${anchor('mutant', mutant.id)}">
    <div class="name">
      <h3>${mark(OUTCOMES[fate])} ${subject}</h3>
      <p class="facts">${operator}</p>
    </div>
    <div>
      <p class="cell"><code>${short(was)}</code> → <code>${short(becomes)}</code></p>
      <p class="cell">${withCode(because)}</p>
      <p class="cell note"><code class="where">${at.file}:${at.line}:${at.column}</code></p>
    </div>
  </article>`;
}

/** So much of a text is shown. */
const LONGEST = 160;

function short(text: string): string {
  if (text === '') return '(nothing)';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
}

function scores(
  id: string,
  title: string,
  key: (result: MutantResult) => string,
  results: MutantResult[],
): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    <div class="scroll"><table class="metrics">
      <thead>
        <tr>${['', 'score', 'noticed', 'unnoticed', 'same', 'undecided'].map((name) => html`<th>${name}</th>`)}</tr>
      </thead>
      <tbody>${scoresBy(results, key).map(scoreRow)}</tbody>
    </table></div>
  </section>`;
}

function scoreRow({ name, score, counts }: { name: string } & Score): Markup {
  const outcome = counts.survived > 0 ? 'fail' : score === null ? 'inconclusive' : 'pass';
  const { killed, survived, equivalent, undecided } = counts;
  return html`<tr data-outcome="${outcome}">
    <th scope="row">${mark(outcome)} ${name}</th>
    ${[percent(score), killed, survived, equivalent, undecided].map(
      (figure) => html`<td class="figure">${figure}</td>`,
    )}
  </tr>`;
}
