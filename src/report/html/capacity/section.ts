import { loadText, withUnit } from '../../../lib/amounts.ts';
import type { DimensionResult, StepRecord } from '../../../model/capacity.ts';
import { FIGURES } from '../../../model/figures.ts';
import type { FigureName } from '../../../model/figures.ts';
import { formatSource } from '../../../model/source.ts';
import { kneeText, shareText } from '../../capacity/knee-text.ts';
import { whyText } from '../../capacity/step-line.ts';
import { mark } from '../marks.ts';
import { anchor, html } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { chartsOf } from './chart.ts';
import type { LoadChart } from './chart.ts';

const SIGNS = { holds: 'pass', breaks: 'fail', invalid: 'inconclusive' } as const;
const COLUMNS: FigureName[] = [
  'achievedPerSecond',
  'latencyP50Seconds',
  'latencyP95Seconds',
  'latencyP99Seconds',
  'errorShare',
  'samplesShare',
  'scrapeP99Seconds',
  'ruleShareOfInterval',
  'queryP95Seconds',
  'subjectCpuCores',
  'generatorCpuCores',
  'othersCpuShare',
  'subjectMemoryBytes',
];

/** One dimension: the answer, the curves, the limits, and every step. */
export function dimensionSection(
  result: DimensionResult,
  charts: Record<string, LoadChart>,
): Markup {
  const { dimension, knee, culprit, firstAlert, blindAlert } = result;
  const id = anchor('dimension', dimension.id);
  const figures = chartsOf(result).map((chart, i) => {
    const key = `${id}-${i}`;
    charts[key] = chart;
    return html`<article class="panel w8">
      <h4>${chart.title}</h4>
      <div class="chart" data-chart="${key}" role="img"
        aria-label="${chart.title} against ${chart.loadUnit}; the figures are in the table of steps">
      </div>
      <ul class="legend">
        ${chart.curves.map(({ name }, n) => html`<li><i class="key c${n % 8}"></i>${name}</li>`)}
        ${chart.limits.map(
          ({ title, value }) => html`<li>limit: ${title} ${withUnit(value, chart.unit)}</li>`,
        )}
      </ul>
    </article>`;
  });
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${dimension.title}</h2>
    <p class="lead">
      <strong>${kneeText(knee, dimension.unit)}</strong>
      ${
        firstAlert &&
        html` ${firstAlert.alert} would fire at ${loadText(firstAlert.load)} ${dimension.unit}.`
      }
      ${culprit && html` What gave out: ${culprit.text}.`}
    </p>
    ${blindAlert && html`<p class="warning">${blindAlert.text}.</p>`}
    <div class="grid">${figures}</div>
    ${alertingTable(result, dimension.unit)}
    <div class="board">
      <h3>Limits</h3>
      <ul class="legend">
        ${dimension.limits.map(
          (limit) =>
            html`<li>
              ${limit.title} ${limit.bound} ${withUnit(limit.value, FIGURES[limit.figure].unit)}
              ${limit.alert && html`, <strong>${limit.alert}</strong>`}
              ${limit.source && html` <code>${formatSource(limit.source)}</code>`}
            </li>`,
        )}
      </ul>
      ${stepTable(result)}
    </div>
  </section>`;
}

function stepTable({ dimension, steps }: DimensionResult): Markup {
  const columns = COLUMNS.filter((name) =>
    steps.some(({ measurement }) => measurement.figures[name] !== undefined),
  );
  const row = ({ repetition, reason, measurement, verdict }: StepRecord): Markup =>
    html`<tr class="${verdict.outcome === 'holds' ? '' : SIGNS[verdict.outcome]}">
      <td>${mark(SIGNS[verdict.outcome])}</td>
      <th scope="row" class="figure">${loadText(measurement.load)}</th>
      <td>${repetition}</td>
      <td>${reason}</td>
      ${columns.map(
        (name) =>
          html`<td class="figure">${
            measurement.figures[name] === undefined
              ? ''
              : withUnit(measurement.figures[name], FIGURES[name].unit)
          }</td>`,
      )}
      <td>${whyText(verdict)}</td>
    </tr>`;
  return html`<details>
    <summary>all ${steps.length} steps</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="Steps of ${dimension.title}">
      <table>
        <caption class="unseen">Steps of ${dimension.title}</caption>
        <thead>
          <tr>
            <th scope="col"><span class="unseen">outcome</span></th>
            <th scope="col">${dimension.unit}</th>
            <th scope="col">search</th>
            <th scope="col">why</th>
            ${columns.map((name) => html`<th scope="col">${FIGURES[name].title}</th>`)}
            <th scope="col">what broke, or why it doesn't count</th>
          </tr>
        </thead>
        <tbody>${steps.map(row)}</tbody>
      </table>
    </div>
  </details>`;
}

function alertingTable({ alerting, knee }: DimensionResult, unit: string): Markup {
  if (alerting.length === 0) return html``;
  const seconds = (ms: number | null): string =>
    ms === null ? 'never' : `${(ms / 1000).toFixed(2)} s`;
  return html`<div class="board"><h3>Alerting under load</h3>${alerting.map(
    ({ shareOfKnee, load, outcome, mustWork, detail, alerts }) => html`<p>
        ${mark(outcome)} at ${shareText(knee, shareOfKnee)}, ${loadText(load)} ${unit} (
        ${mustWork ? 'must work' : 'beyond the knee: told only'}): ${detail}
      </p>
      <table>
        <caption class="unseen">Alerts at ${shareText(knee, shareOfKnee)}</caption>
        <thead>
          <tr>
            <th scope="col">alert</th>
            <th scope="col">group</th>
            <th scope="col">told after</th>
            <th scope="col">promised within</th>
            <th scope="col"><span class="unseen">outcome</span></th>
          </tr>
        </thead>
        <tbody>
          ${alerts.map(
            (alert) =>
              html`<tr>
                <th scope="row">${alert.alert}</th>
                <td>${alert.group}</td>
                <td class="figure">${seconds(alert.deliveredMs)}</td>
                <td class="figure">${seconds(alert.promisedMs)}</td>
                <td>${mark(alert.outcome)} ${alert.detail}</td>
              </tr>`,
          )}
        </tbody>
      </table>`,
  )}</div>`;
}
