import { titleOf as expectationTitle } from '../../model/expectation-kinds.ts';
import { subjectId } from '../../model/expectation.ts';
import { formatSource } from '../../model/source.ts';
import type { Verdict } from '../../model/verdict.ts';
import { causesOf } from '../causes.ts';
import { findingOf, grouped } from '../findings-text.ts';
import { count } from '../text.ts';
import { isIn } from '../verdicts-about.ts';
import { expressionFigure } from './alerts/expression.ts';
import { fileCards } from './files.ts';
import { guideFor, withCode } from './guide.ts';
import type { HtmlInput } from './input.ts';
import { findingAnchor, mark } from './marks.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';
import { inWorldOf } from './page.ts';
import type { Page } from './page.ts';
import { shortened } from './thin.ts';

/** More names than this in one line are no help. */
const MOST_NAMES = 40;

/**
 * Failures first, each cause with what followed from it, then what couldn't be judged: what is the
 * same for several tracks is told once.
 */
export function findingGroups(input: HtmlInput): Verdict[][] {
  const { verdicts } = input.judgement;
  return [
    ...causesOf(verdicts.filter((v) => v.outcome === 'fail')).map(({ lead, followers }) => [
      lead,
      ...followers,
    ]),
    ...grouped(verdicts.filter((v) => v.outcome === 'inconclusive')),
  ];
}

/**
 * Every finding in full: where, which query, what was expected and seen, why that may be, and how
 * to mend it.
 */
export function findingsSection(page: Page): Markup {
  const { input } = page;
  const groups = findingGroups(input);
  return html`<section id="findings" aria-labelledby="findings-title">
    <h2 id="findings-title">Findings</h2>
    ${
      groups.length === 0
        ? html`<p class="nothing">None: every expectation was kept.</p>`
        : groups.map((group) => findingCard(input, group, curveOf(page, group)))
    }
    ${fileCards([...input.files, ...input.otherFiles])}
  </section>`;
}

function findingCard(input: HtmlInput, group: Verdict[], curve: Markup | false): Markup {
  const [first] = group;
  if (!first) return html``;
  const { id } = findingOf(first);
  const { mend, paragraphs } = guideFor(input.assets.guide, id);
  return html`<article class="finding ${first.outcome}" data-row data-outcome="${first.outcome}"
    id="${findingAnchor(first)}">
    ${group.slice(1).map((v) => html`<span id="${findingAnchor(v)}"></span>`)}
    <h3>${mark(first.outcome)} ${titleOf(group)}</h3>
    <dl>
      ${aboutWhat(group, first)}
      ${whatIsWrong(first)}
      ${mend && html`<dt>how to mend</dt><dd>${mend}</dd>`}
    </dl>
    ${curve}
    ${
      paragraphs.length > 0 &&
      html`<details>
        <summary>More about ${id}</summary><div class="guide">${paragraphs}</div>
      </details>`
    }
  </article>`;
}

/** Its kind, its place, and what it is about. */
function aboutWhat(group: Verdict[], first: Verdict): Markup {
  const { id, source } = findingOf(first);
  // Of a failure the others followed; what couldn't be judged is the same of all.
  const isCause = first.outcome === 'fail';
  const tracks = (isCause ? [first] : group).map((v) => subjectId(v.expectation.subject));
  return html`<dt>kind</dt>
      <dd><code>${id}</code></dd>
      ${
        source &&
        (isCause || group.length === 1) &&
        html`<dt>where</dt><dd><code class="where">${formatSource(source)}</code></dd>`
      }
      <dt>of</dt>
      <dd>
        ${tracks.slice(0, MOST_NAMES).join(', ')}
        ${tracks.length > MOST_NAMES && ` and ${tracks.length - MOST_NAMES} more`}:
        ${' '}${expectationTitle(first.expectation)}
      </dd>
      ${
        isCause && group.length > 1 && html`<dt>so too</dt><dd>${group.slice(1).map(followed)}</dd>`
      }`;
}

function whatIsWrong(verdict: Verdict): Markup {
  const { query, expected, seen, likelyCause } = findingOf(verdict);
  return html`${
    query !== null &&
    html`<dt>query</dt><dd><pre tabindex="0">${shortened(query.trim())}</pre></dd>`
  }
      <dt>expected</dt>
      <dd class="told">${withCode(shortened(expected))}</dd>
      <dt>seen</dt>
      <dd class="told">${shortened(seen)}</dd>
      <dt>likely cause</dt>
      <dd>${withCode(shortened(likelyCause))}</dd>`;
}

/** The expression's curve beside an alert's failure, in the world in which its cause was seen. */
function curveOf(all: Page, [first]: Verdict[]): Markup | false {
  if (first?.outcome !== 'fail' || first.expectation.subject.about !== 'alert') return false;
  const id = subjectId(first.expectation.subject);
  const tracks = all.input.plan.tracks.filter((one) => one.id === id);
  const track = tracks.find((one) => isIn(one, first)) ?? tracks[0];
  return track ? expressionFigure(inWorldOf(all, track), track, findingAnchor(first)) : false;
}

/** What followed from a cause, in a line of its own. */
function followed({ expectation }: Verdict): Markup {
  return html`<div>${subjectId(expectation.subject)}: ${expectationTitle(expectation)}</div>`;
}

/** A finding's title; of several that couldn't be judged for one reason, the reason. */
export function titleOf(group: Verdict[]): string {
  const first = group[0];
  if (!first) return '';
  if (group.length === 1 || first.outcome === 'fail') return findingOf(first).title;
  const isLife = first.expectation.subject.about === 'alert';
  const things = count(group.length, isLife ? 'life' : 'verdict', isLife ? 'lives' : 'verdicts');
  return (
    `${things} couldn't be judged (${expectationTitle(first.expectation)}): ` +
    `${shortened(findingOf(first).seen, 200)}`
  );
}
