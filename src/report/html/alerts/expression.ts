import { jobMovedBy } from '../../../lib/plan-names.ts';
import { plainNumber } from '../../../lib/plain-number.ts';
import type { Plan } from '../../../model/plan.ts';
import type { Phase, Track } from '../../../model/track.ts';
import { limitOf } from '../../../promql/limit.ts';
import { chartData } from '../dashboards/chart.ts';
import type { ChartBand, ChartData } from '../dashboards/chart.ts';
import { drawn } from '../dashboards/curves.ts';
import type { Curves } from '../dashboards/curves.ts';
import type { Look } from '../dashboards/look.ts';
import type { HtmlInput } from '../input.ts';
import { anchor, html } from '../markup.ts';
import type { Markup } from '../markup.ts';
import type { TimeAxis } from '../time.ts';
import { beganMs } from '../windows.ts';

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
/** What the phases that decide about a limit are called beside the curve. */
const NAMED: Partial<Record<Phase, { name: string; color: string }>> = {
  near: { name: 'near', color: 'step-near' },
  blip: { name: 'over, briefly', color: 'step-blip' },
  breach: { name: 'over', color: 'step-breach' },
  outage: { name: 'stopped', color: 'step-breach' },
};
/** A limit further away than so many times the curve would make the curve a line at the bottom. */
const IN_SIGHT = 4;

/**
 * The curve of an alert's expression at each evaluation, with its rule's limit as a line, and the
 * stretches in which the world was near the limit and over it.
 * @param about tells this figure from others of the same track
 * @param charts gets the figure's data by its id
 * @returns false where nothing was recorded
 */
export function expressionFigure(
  input: HtmlInput,
  axis: TimeAxis,
  track: Track,
  charts: Record<string, ChartData>,
  about = 'expression',
): Markup | false {
  const curves = curvesOf(input, track);
  if (!curves) return false;
  const expr = input.plan.rules[track.alert]?.expr;
  const limit = expr === undefined ? undefined : limitOf(expr);
  const inSight = limit !== undefined && isInSight(limit.value, curves);
  const bands = bandsOf(input, axis, track);
  const id = anchor(about, track.id);
  charts[id] = {
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

/** The recorded values of the track's own instance. */
function curvesOf({ plan, evidence }: HtmlInput, track: Track): Curves | undefined {
  const { t0 } = evidence;
  const series = (evidence.expressions[track.alert] ?? []).filter((s) =>
    Object.entries(track.labels).every(
      ([name, value]) => s.labels[name] === undefined || s.labels[name] === value,
    ),
  );
  if (t0 === null || series.length === 0) return undefined;
  return drawn(
    series.map(({ labels, samples }) => ({
      name: nameOf(labels, plan),
      values: new Map(samples.map(([at, value]) => [at - t0, value])),
      allowed: [],
    })),
  );
}

/** The track's own stretch of the run, seconds: the rest of it says nothing of the limit. */
function span({ lengthMs }: TimeAxis, track: Track): { start: number; end: number } {
  const [first, last] = [track.steps[0], track.steps.at(-1)];
  return { start: (first?.startMs ?? 0) / 1_000, end: (last?.endMs ?? lengthMs) / 1_000 };
}

function bandsOf(input: HtmlInput, axis: TimeAxis, track: Track): ChartBand[] {
  const life = input.lives.find((one) => one.track === track.id);
  return track.steps.flatMap((step, i) => {
    const named = NAMED[step.phase];
    if (!named) return [];
    const next = track.steps[i + 1];
    const untilMs = next ? beganMs(axis, track, life, i + 1) : step.endMs;
    const isComponent = track.signal === null || jobMovedBy(track.signal) !== undefined;
    const name = isComponent ? named.name : `${named.name}: ${plainNumber(step.level)}`;
    const from = beganMs(axis, track, life, i) / 1_000;
    return [{ ...named, name, from, to: untilMs / 1_000 }];
  });
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
