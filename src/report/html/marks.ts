import { titleOf } from '../../model/expectation-kinds.ts';
import { subjectId } from '../../model/expectation.ts';
import type { Outcome, Verdict } from '../../model/verdict.ts';
import { MARKS } from '../columns.ts';
import { anchor, html } from './markup.ts';
import type { Markup } from './markup.ts';

const WORDS: Record<Outcome, string> = {
  pass: 'kept',
  fail: 'broken',
  inconclusive: "couldn't be judged",
};

/** An outcome as a sign, with the word for those who can't see it. */
export function mark(outcome: Outcome): Markup {
  return html`<span class="mark ${outcome}" role="img" aria-label="${WORDS[outcome]}"
    title="${WORDS[outcome]}">
    ${MARKS[outcome]}
  </span>`;
}

/** The worst outcome of several verdicts; without any, nothing was judged. */
export function worstOf(verdicts: Verdict[]): Outcome {
  if (verdicts.some((v) => v.outcome === 'fail')) return 'fail';
  return verdicts.length === 0 || verdicts.some((v) => v.outcome === 'inconclusive')
    ? 'inconclusive'
    : 'pass';
}

/** Anchor of the finding that belongs to a verdict. */
export function findingAnchor(verdict: Verdict): string {
  return anchor('finding', subjectId(verdict.expectation.subject), titleOf(verdict.expectation));
}

/** What was measured, or what the finding has seen, with the way to it. */
export function measuredOf(verdict: Verdict): Markup {
  if (verdict.outcome === 'pass') return html`${verdict.measured ?? ''}`;
  return html`<a href="#${findingAnchor(verdict)}">${verdict.finding?.title ?? 'the finding'}</a>`;
}

/** A short table of verdicts: what was expected, what was measured, how it came out. */
export function verdictTable(verdicts: Verdict[], caption: string): Markup {
  return html`<table class="verdicts">
    <caption class="unseen">${caption}</caption>
    <thead>
      <tr>
        <th scope="col">expected</th><th scope="col">measured</th><th scope="col">outcome</th>
      </tr>
    </thead>
    <tbody>
      ${verdicts.map(
        (v) =>
          html`<tr>
            <th scope="row">${titleOf(v.expectation)}</th>
            <td>${measuredOf(v)}</td>
            <td>${mark(v.outcome)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
