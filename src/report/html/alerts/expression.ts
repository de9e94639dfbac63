import type { Plan } from '../../../model/plan.ts';
import type { Track } from '../../../model/track.ts';
import { limitOf } from '../../../promql/limit.ts';
import { chartData } from '../dashboards/chart.ts';
import type { ChartBand } from '../dashboards/chart.ts';
import { drawn } from '../dashboards/curves.ts';
import type { Curves, Points } from '../dashboards/curves.ts';
import type { Look } from '../dashboards/look.ts';
import type { HtmlInput } from '../input.ts';
import { anchor, html } from '../markup.ts';
import type { Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import type { TimeAxis } from '../time.ts';
import { limitBands } from './limit-bands.ts';
import { livedOf } from './lived.ts';

const PLAIN: Look = {
  type: 'timeseries',
  width: 24,
  height: 8,
  decimals: null,
  min: null,
  max: null,
  thresholds: [],
  values: {},
  filled: false,
};
/** Labels that say nothing of an instance that its row doesn't say. */
const UNTOLD = ['__name__', 'alertname', 'severity'];
/** A limit further away than so many times the curve would make the curve a line at the bottom. */
const IN_SIGHT = 4;

/**
 * The curve of an alert's expression at each evaluation, with its rule's limit as a line, and the
 * stretches in which the world was near the limit and over it.
 * @param about tells this figure from others of the same track
 * @returns false where nothing was recorded
 */
export function expressionFigure(page: Page, track: Track, about = 'expression'): Markup | false {
  const { input, axis } = page;
  const points = pointsOf(input, track);
  if (points.length === 0) return false;
  const curves = drawn(points);
  const expr = input.plan.rules[track.alert]?.expr;
  const limit = expr === undefined ? undefined : limitOf(expr);
  const inSight = limit !== undefined && isInSight(limit.value, curves);
  const bands = limitBands(livedOf(page, track), points, limit);
  const id = anchor(about, track.id);
  page.charts[id] = {
    ...chartData(PLAIN, 'short', curves, axis),
    ...span(axis, track),
    limits: limit && inSight ? [{ value: limit.value, color: 'red', always: true }] : [],
    bands,
  };
  const greatest = curves.curves.map((c) => `${c.name} at most ${c.max ?? 'without a value'}`);
  const described =
    `Expression of ${track.id}: ${greatest.join(', ')}` +
    (limit ? `; its rule asks for ${limit.operator} ${limit.value}` : '');
  return html`<figure>
    <figcaption>The expression, without its comparison, at each evaluation</figcaption>
    <div class="chart" data-chart="${id}" role="img" aria-label="${described}"></div>
    <ul class="legend">
      ${
        limit &&
        html`<li>
          <span class="key limit"></span>
          the rule's limit: ${limit.operator} ${limit.value}
          ${!inSight && ', beyond what is drawn'}
        </li>`
      }
      ${legend(bands)}
    </ul>
  </figure>`;
}

/** The recorded values of the track's own instance; empty where nothing was recorded. */
function pointsOf({ plan, evidence }: HtmlInput, track: Track): Points[] {
  const { t0 } = evidence;
  if (t0 === null) return [];
  return (evidence.expressions[track.alert] ?? [])
    .filter((s) =>
      Object.entries(track.labels).every(
        ([name, value]) => s.labels[name] === undefined || s.labels[name] === value,
      ),
    )
    .map(({ labels, samples }) => ({
      name: nameOf(labels, plan),
      values: new Map(samples.map(([at, value]) => [at - t0, value])),
      allowed: [],
    }));
}

/** The track's own stretch of the run, seconds: the rest of it says nothing of the limit. */
function span({ lengthMs }: TimeAxis, track: Track): { start: number; end: number } {
  const [first, last] = [track.steps[0], track.steps.at(-1)];
  return { start: (first?.startMs ?? 0) / 1_000, end: (last?.endMs ?? lengthMs) / 1_000 };
}

function legend(bands: ChartBand[]): Markup[] {
  const byName = new Map(bands.map((band) => [band.name, band.color]));
  return [...byName].map(
    ([name, color]) =>
      html`<li><span class="key ${color.replace('step-', '')}"></span>${name}</li>`,
  );
}

function isInSight(limit: number, { curves }: Curves): boolean {
  const values = curves.flatMap((curve) => curve.values.filter((value) => value !== null));
  const greatest = Math.max(...values.map(Math.abs), 0);
  return Math.abs(limit) <= greatest * IN_SIGHT;
}

function nameOf(labels: Record<string, string>, plan: Plan): string {
  return (
    Object.entries(labels)
      .filter(([name]) => !UNTOLD.includes(name))
      .map(([name, value]) => `${name}=${value}`)
      .join(' ') || plan.stackName
  );
}
