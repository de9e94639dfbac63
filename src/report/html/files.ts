import type { CheckFinding } from '../../model/check.ts';
import { count } from '../text.ts';
import { withCode } from './guide.ts';
import { mark } from './marks.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

/**
 * What `check` found in the stack's files, in a sentence at the top: a run can keep every promise,
 * and its files be wrong.
 */
export function filesNotice(files: CheckFinding[], otherFiles: CheckFinding[]): Markup | false {
  const all = files.length + otherFiles.length;
  return (
    all > 0 &&
    html`<p class="warning">
      <strong>The stack's files:</strong>
      ${' '}<a href="#files">${count(all, 'thing is', 'things are')} wrong</a>, as is known
      without starting anything. ${consequence(files, otherFiles)}
    </p>`
  );
}

/** What it means for the run. */
function consequence(files: CheckFinding[], otherFiles: CheckFinding[]): string {
  if (files.length === 0)
    return 'It is in files that what was proved has no part in, and no failure of this run.';
  const rest = otherFiles.length > 0 ? `For ${files.length} of them` : 'Therefore';
  return `${rest} verify's exit code isn't 0.`;
}

/** Each of them in full, below the findings of the run. */
export function fileCards(files: CheckFinding[]): Markup | false {
  return (
    files.length > 0 &&
    html`<h3 id="files">In the stack's files</h3>${files.map(
      (f) => html`<article class="finding fail" data-row data-outcome="fail">
        <h4>${mark('fail')} ${withCode(f.title)}</h4>
        <dl>
          <dt>rule</dt>
          <dd><code>${f.rule}</code></dd>
          <dt>where</dt>
          <dd>
            <code class="where">${f.file}:${f.line}:${f.column}</code>
            ${f.subject !== undefined && ` ${f.subject}`}
          </dd>
          <dt>why</dt>
          <dd>${withCode(f.why)}</dd>
          <dt>how to mend</dt>
          <dd>${withCode(f.mend)}</dd>
        </dl>
      </article>`,
    )}`
  );
}
