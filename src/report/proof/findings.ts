import { formatSource } from '../../model/source.ts';
import { guideFor, withCode } from '../html/guide.ts';
import { anchor, html } from '../html/markup.ts';
import type { Markup } from '../html/markup.ts';
import { mark } from '../html/marks.ts';
import { titleOf } from './words.ts';
import type { OwnedFinding } from './words.ts';

/**
 * Every finding in full, and how to mend it.
 * @param guide docs/findings.md
 */
export function findingsSection(findings: OwnedFinding[], guide: string): Markup {
  return html`<section id="findings" aria-labelledby="findings-title">
    <h2 id="findings-title">Findings</h2>
    ${
      findings.length === 0
        ? html`<p class="nothing">None.</p>`
        : findings.map((one) => findingCard(one, guide))
    }
  </section>`;
}

function findingCard(owned: OwnedFinding, guide: string): Markup {
  const { finding } = owned;
  const { mend, paragraphs } = guideFor(guide, finding.id);
  const outcome = finding.level === 'failure' ? 'fail' : 'inconclusive';
  return html`<article class="finding ${outcome}" data-row data-outcome="${outcome}"
    id="${findingAnchor(owned)}">
    <h3>${finding.level === 'failure' ? mark('fail') : 'Advice:'} ${titleOf(owned)}</h3>
    <dl>
      ${
        finding.source &&
        html`<dt>where</dt><dd><code class="where">${formatSource(finding.source)}</code></dd>`
      }
      <dt>expected</dt>
      <dd class="told">${withCode(finding.expected)}</dd>
      <dt>seen</dt>
      <dd class="told">${finding.seen}</dd>
      <dt>likely cause</dt>
      <dd>${withCode(finding.likelyCause)}</dd>
      ${mend && html`<dt>how to mend</dt><dd>${mend}</dd>`}
    </dl>
    ${
      paragraphs.length > 0 &&
      html`<details>
        <summary>More about ${finding.id}</summary><div class="guide">${paragraphs}</div>
      </details>`
    }
  </article>`;
}

/** Where a finding stands on the page. */
export function findingAnchor(owned: OwnedFinding): string {
  return anchor('finding', owned.alert ?? 'stack', owned.finding.id);
}
