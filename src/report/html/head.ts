import { formatSource } from '../../model/source.ts';
import type { Judgement, Verdict } from '../../model/verdict.ts';
import { findingOf } from '../findings-text.ts';
import { count, seconds } from '../text.ts';
import { verdictsAbout } from '../verdicts-about.ts';
import { moment, paceText } from './facts.ts';
import { filesNotice } from './files.ts';
import { findingGroups, titleOf } from './findings.ts';
import type { HtmlInput } from './input.ts';
import { findingAnchor, mark } from './marks.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

const WORDS: Record<Judgement['outcome'], string> = {
  pass: 'Passed',
  fail: 'Failed',
  inconclusive: 'Inconclusive',
};
/** Findings named at the top; the rest is further down. */
const MOST = 12;

/** The verdict in one line, as it is told everywhere: title of the page, first heading. */
export function verdictLine(j: Judgement): string {
  const total = j.counts.pass + j.counts.fail + j.counts.inconclusive;
  const partly = !j.selection ? '' : `, in a partial run (${j.selection})`;
  if (j.outcome === 'pass')
    return `${WORDS.pass}: all ${count(total, 'expectation')} kept${partly}`;
  const parts = [
    j.counts.fail > 0 && `${j.counts.fail} broken`,
    j.counts.inconclusive > 0 && `${j.counts.inconclusive} not judged`,
    `${j.counts.pass} kept`,
  ].filter((part) => part !== false);
  return `${WORDS[j.outcome]}: ${parts.join(', ')} of ${count(total, 'expectation')}${partly}`;
}

/** What one sees first: the verdict, how it came about, what went wrong, and what wasn't judged. */
export function summary(input: HtmlInput): Markup {
  const j = input.judgement;
  const groups = findingGroups(input);
  const ratio =
    j.criticalPathMs > 0 ? `, ${(j.wallMs / j.criticalPathMs).toFixed(2)} × the critical path` : '';
  return html`<section class="summary ${j.outcome}" aria-labelledby="verdict">
    <h1 id="verdict">${mark(j.outcome)} <span>${verdictLine(j)}</span></h1>
    <dl class="figures">
      <div><dt>stack</dt><dd>${j.stackName}</dd></div>
      <div><dt>run</dt><dd>${j.runId}</dd></div>
      <div>
        <dt>began</dt>
        <dd>${moment(input.evidence.startedAt)}</dd>
      </div>
      <div>
        <dt>speed</dt>
        <dd>${paceText(j.speed)}</dd>
      </div>
      <div><dt>took</dt><dd>${seconds(j.wallMs)}${ratio}</dd></div>
      ${(['alert', 'metric', 'panel'] as const).map((about) => perKind(j, about))}
    </dl>
    ${
      j.interruption !== null &&
      html`<p class="warning"><strong>The run was interrupted:</strong> ${j.interruption}</p>`
    }
    ${
      j.selection &&
      html`<p class="warning">
        <strong>A partial run:</strong> only ${j.selection} was to be proved. It says nothing about
        the rest.
      </p>`
    }
    ${filesNotice(input.files, input.otherFiles)}
    ${
      j.files?.unchecked != null &&
      html`<p class="warning">
        <strong>The stack's files couldn't be checked:</strong> ${j.files.unchecked}
      </p>`
    }
    ${groups.length > 0 && whatToLookAt(groups)}
    ${j.notJudged.map(
      ({ what, why }) => html`<p class="note"><strong>Not judged:</strong> ${what}: ${why}.</p>`,
    )}
  </section>`;
}

/** The findings by name, each with the way to it. */
function whatToLookAt(groups: Verdict[][]): Markup {
  const more = groups.length - MOST;
  return html`<h2 class="small">What to look at</h2>
    <ol class="wrong">${groups.slice(0, MOST).map(findingLine)}</ol>
    ${more > 0 && html`<p><a href="#findings">${more} more</a></p>`}`;
}

function findingLine(group: Verdict[]): Markup | false {
  const [first] = group;
  if (!first) return false;
  const { source } = findingOf(first);
  const isOne = group.length === 1 || first.outcome === 'fail';
  return html`<li>
    ${mark(first.outcome)} <a href="#${findingAnchor(first)}">${titleOf(group)}</a>
    ${source && isOne && html` <code class="where">${formatSource(source)}</code>`}
  </li>`;
}

function perKind(j: Judgement, about: 'alert' | 'metric' | 'panel'): Markup {
  const own = verdictsAbout(j, about);
  const kept = own.filter((v) => v.outcome === 'pass').length;
  return html`<div>
    <dt>${about}s</dt><dd>${own.length === 0 ? 'none judged' : `${kept} of ${own.length} kept`}</dd>
  </div>`;
}
