import { groupBy } from '../../lib/group-by.ts';
import { titleOf } from '../../model/expectation-kinds.ts';
import { subjectId } from '../../model/expectation.ts';
import type { Verdict } from '../../model/verdict.ts';
import { METRIC_COLUMNS, isAboutValues } from '../metric-columns.ts';
import { verdictsAbout } from '../verdicts-about.ts';
import type { HtmlInput } from './input.ts';
import { findingAnchor, mark, measuredOf, worstOf } from './marks.ts';
import { anchor, html } from './markup.ts';
import type { Markup } from './markup.ts';

/** All verdicts on metrics: a row for each metric at each job. */
export function metricsSection(input: HtmlInput): Markup {
  const rows = [
    ...groupBy(verdictsAbout(input.judgement, 'metric'), (v) => subjectId(v.expectation.subject)),
  ];
  return html`<section id="metrics" aria-labelledby="metrics-title">
    <h2 id="metrics-title">Metrics</h2>
    <p class="lead">
      Every metric of the contract at every job that exports it: its shape, and whom its values
      agree with.
    </p>
    ${
      rows.length === 0
        ? html`<p class="nothing">No metric was judged.</p>`
        : html`<div class="scroll" tabindex="0" role="region" aria-label="All metrics">
          <table class="metrics">
            <caption class="unseen">Metrics by job</caption>
            <thead>
              <tr>
                <th scope="col">metric</th>
                <th scope="col">job</th>
                ${METRIC_COLUMNS.map(({ head }) => html`<th scope="col">${head}</th>`)}
                <th scope="col">its values</th>
              </tr>
            </thead>
            <tbody>${rows.map(([id, verdicts]) => metricRow(id, verdicts))}</tbody>
          </table>
        </div>`
    }
  </section>`;
}

function metricRow(id: string, verdicts: Verdict[]): Markup {
  const subject = verdicts[0]?.expectation.subject;
  const [metric, job] = subject?.about === 'metric' ? [subject.metric, subject.job] : [id, ''];
  const values = verdicts.filter((v) => isAboutValues(v.expectation));
  return html`<tr data-row data-outcome="${worstOf(verdicts)}" id="${anchor('metric', id)}"
    tabindex="-1">
    <th scope="row">${breakable(metric)}</th>
    <td>${job}</td>
    ${METRIC_COLUMNS.map(({ kinds }) => {
      const own = verdicts.filter((v) => kinds.includes(v.expectation.kind));
      return html`<td>${own.map(shapeCell)}</td>`;
    })}
    <td>
      ${values.map(
        (v) =>
          html`<span class="cell">
            ${signed(v)} ${titleOf(v.expectation)}<span class="measured"> ${measuredOf(v)}</span>
          </span>`,
      )}
    </td>
  </tr>`;
}

/** How one part of a metric's shape came out. */
function shapeCell(v: Verdict): Markup {
  const measured = v.outcome === 'pass' ? v.measured : '';
  return html`<span class="cell">${signed(v)} <span class="measured">${measured}</span></span>`;
}

/** A long name may go on in the next line, at an underscore. */
function breakable(name: string): Markup[] {
  return name.split(/(?<=_)/).map((part, i) => html`${i > 0 && html`<wbr>`}${part}`);
}

/** A verdict's sign; of one that isn't kept the way to its finding. */
function signed(v: Verdict): Markup {
  return v.outcome === 'pass'
    ? mark(v.outcome)
    : html`<a href="#${findingAnchor(v)}">${mark(v.outcome)}</a>`;
}
