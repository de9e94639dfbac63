import type { Verdict } from '../../model/verdict.ts';
import type { HtmlInput } from './input.ts';
import { findingAnchor, mark, measuredOf, worstOf } from './marks.ts';
import { anchor, html } from './markup.ts';
import type { Markup } from './markup.ts';

/** What is true of a metric whatever its value: a column each. Everything else compares its values with somebody who knows. */
const SHAPE: { head: string; expectations: string[] }[] = [
  { head: 'there', expectations: ['exported', 'judged'] },
  { head: 'type', expectations: ['type'] },
  { head: 'labels', expectations: ['labels', 'route templates'] },
  { head: 'series', expectations: ['series bounded'] },
];

/** All verdicts on metrics: a row for each metric at each job. */
export function metricsSection(input: HtmlInput): Markup {
  const verdicts = input.judgement.verdicts.filter((v) => v.about === 'metric');
  const tracks = [...new Set(verdicts.map((v) => v.track))];
  return html`<section id="metrics" aria-labelledby="metrics-title"><h2 id="metrics-title">Metrics</h2>
<p class="lead">Every metric of the contract at every job that exports it: its shape, and whom its values agree with.</p>
${
  tracks.length === 0
    ? html`<p class="nothing">No metric was judged.</p>`
    : html`<div class="scroll" tabindex="0" role="region" aria-label="All metrics"><table class="metrics"><caption class="unseen">Metrics by job</caption>
<thead><tr><th scope="col">metric</th><th scope="col">job</th>${SHAPE.map(({ head }) => html`<th scope="col">${head}</th>`)}<th scope="col">its values</th></tr></thead>
<tbody>${tracks.map((track) =>
        metricRow(
          track,
          verdicts.filter((v) => v.track === track),
        ),
      )}</tbody></table></div>`
}</section>`;
}

function metricRow(track: string, verdicts: Verdict[]): Markup {
  const metric = verdicts[0]?.subject ?? track;
  const shape = SHAPE.flatMap(({ expectations }) => expectations);
  const values = verdicts.filter((v) => !shape.includes(v.expectation));
  return html`<tr data-row data-outcome="${worstOf(verdicts)}" id="${anchor('metric', track)}" tabindex="-1"><th scope="row">${breakable(metric)}</th><td>${track.slice(metric.length + 1)}</td>
${SHAPE.map(({ expectations }) => html`<td>${verdicts.filter((v) => expectations.includes(v.expectation)).map((v) => html`<span class="cell">${signed(v)} <span class="measured">${v.outcome === 'pass' ? v.measured : ''}</span></span>`)}</td>`)}
<td>${values.map((v) => html`<span class="cell">${signed(v)} ${v.expectation}<span class="measured"> ${measuredOf(v)}</span></span>`)}</td></tr>`;
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
