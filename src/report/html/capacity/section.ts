import { loadText, withUnit } from '../../../lib/amounts.ts';
import type { AlertingUnderLoad, DimensionResult } from '../../../model/capacity.ts';
import type { StepRecord } from '../../../model/capacity-step.ts';
import type { Limit } from '../../../model/dimension.ts';
import { FIGURES } from '../../../model/figures.ts';
import type { FigureName } from '../../../model/figures.ts';
import { formatSource } from '../../../model/source.ts';
import { saturationText, shareText } from '../../capacity/saturation-text.ts';
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
  const { dimension, blindAlert } = result;
  const id = anchor('dimension', dimension.id);
  const figures = chartsOf(result).map((chart, i) => {
    charts[`${id}-${i}`] = chart;
    return chartFigure(chart, `${id}-${i}`);
  });
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${dimension.title}</h2>
    ${answerOf(result)}
    ${blindAlert && html`<p class="warning">${blindAlert.text}.</p>`}
    <div class="grid">${figures}</div>
    ${alertingTable(result, dimension.unit)}
    <div class="board">
      <h3>Limits</h3>
      <ul class="legend">${dimension.limits.map(limitItem)}</ul>
      ${stepTable(result)}
    </div>
  </section>`;
}

function answerOf({ dimension, saturationPoint, culprit, firstAlert }: DimensionResult): Markup {
  return html`<p class="lead">
    <strong>${saturationText(saturationPoint, dimension.unit)}</strong>
    ${
      firstAlert &&
      html` ${firstAlert.alert} would fire at ${loadText(firstAlert.load)} ${dimension.unit}.`
    }
    ${culprit && html` What gave out: ${culprit.text}.`}
  </p>`;
}

/** @param key by which the page's script finds the chart's data */
function chartFigure(chart: LoadChart, key: string): Markup {
  const axes = `${chart.title} against ${chart.loadUnit}`;
  return html`<article class="panel w8">
    <h4>${chart.title}</h4>
    <div class="chart" data-chart="${key}" role="img"
      aria-label="${axes}; the figures are in the table of steps"></div>
    <ul class="legend">
      ${chart.curves.map(({ name }, n) => html`<li><i class="key c${n % 8}"></i>${name}</li>`)}
      ${chart.limits.map(
        ({ title, value }) => html`<li>limit: ${title} ${withUnit(value, chart.unit)}</li>`,
      )}
    </ul>
  </article>`;
}

function limitItem(limit: Limit): Markup {
  return html`<li>
    ${limit.title} ${limit.bound} ${withUnit(limit.value, FIGURES[limit.figure].unit)}
    ${limit.alert && html`, <strong>${limit.alert}</strong>`}
    ${limit.source && html` <code>${formatSource(limit.source)}</code>`}
  </li>`;
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

function alertingTable({ alerting, saturationPoint }: DimensionResult, unit: string): Markup {
  if (alerting.length === 0) return html``;
  return html`<div class="board">
    <h3>Alerting under load</h3>
    ${alerting.map((under) => {
      const share = shareText(saturationPoint, under.shareOfSaturation);
      const counts = under.mustWork ? 'must work' : 'beyond the saturation point: told only';
      return html`<p>
          ${mark(under.outcome)} at ${share}, ${loadText(under.load)} ${unit} (${counts}):
          ${' '}${under.detail}
        </p>
        <table>
          <caption class="unseen">Alerts at ${share}</caption>
          <thead>
            <tr>
              <th scope="col">alert</th>
              <th scope="col">group</th>
              <th scope="col">told after</th>
              <th scope="col">promised within</th>
              <th scope="col"><span class="unseen">outcome</span></th>
            </tr>
          </thead>
          <tbody>${under.alerts.map(alertRow)}</tbody>
        </table>`;
    })}
  </div>`;
}

function alertRow(alert: AlertingUnderLoad['alerts'][number]): Markup {
  return html`<tr>
    <th scope="row">${alert.alert}</th>
    <td>${alert.group}</td>
    <td class="figure">${secondsOf(alert.deliveredMs)}</td>
    <td class="figure">${secondsOf(alert.promisedMs)}</td>
    <td>${mark(alert.outcome)} ${alert.detail}</td>
  </tr>`;
}

function secondsOf(ms: number | null): string {
  return ms === null ? 'never' : `${(ms / 1000).toFixed(2)} s`;
}
