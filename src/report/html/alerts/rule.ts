import type { AlertPlan, Plan } from '../../../model/plan.ts';
import type { Track } from '../../../model/track.ts';
import { chartData } from '../dashboards/chart.ts';
import type { ChartData } from '../dashboards/chart.ts';
import { drawn } from '../dashboards/curves.ts';
import type { Look } from '../dashboards/look.ts';
import type { HtmlInput } from '../input.ts';
import { anchor, html } from '../markup.ts';
import type { Markup } from '../markup.ts';
import type { TimeAxis } from '../time.ts';

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

/**
 * The rule behind a life: where it stands, who must be told, and what its expression was at each
 * evaluation.
 */
export function ruleOf(
  input: HtmlInput,
  axis: TimeAxis,
  track: Track,
  alert: AlertPlan,
  charts: Record<string, ChartData>,
): Markup {
  const rule = input.plan.rules[track.alert];
  return html`<div class="rule"><dl>${rule && html`<dt>rule</dt><dd><code class="where">${rule.file}:${rule.line}:${rule.column}</code><pre tabindex="0">${rule.expr.trim()}</pre></dd>`}
<dt>must be told</dt><dd>${alert.receivers.map((r) => (r.to === null ? r.name : `${r.name} (${r.to})`)).join(', ') || 'nobody'}</dd></dl>${expression(input, axis, track, charts)}</div>`;
}

function expression(
  input: HtmlInput,
  axis: TimeAxis,
  track: Track,
  charts: Record<string, ChartData>,
): Markup | false {
  const t0 = input.evidence.t0;
  const series = (input.evidence.expressions[track.alert] ?? []).filter((s) =>
    Object.entries(track.labels).every(
      ([name, value]) => s.labels[name] === undefined || s.labels[name] === value,
    ),
  );
  if (t0 === null || series.length === 0) return false;
  const curves = drawn(
    series.map(({ labels, samples }) => ({
      name: nameOf(labels, input.plan),
      values: new Map(samples.map(([at, value]) => [at - t0, value])),
      allowed: [],
    })),
  );
  const id = anchor('expression', track.id);
  charts[id] = chartData(PLAIN, 'short', curves, axis);
  return html`<figure><figcaption>The expression, without its comparison, at each evaluation</figcaption><div class="chart" data-chart="${id}" role="img" aria-label="Expression of ${track.id} over the run: ${curves.curves.map((c) => `${c.name} at most ${c.max ?? 'without a value'}`).join(', ')}"></div></figure>`;
}

function nameOf(labels: Record<string, string>, plan: Plan): string {
  return (
    Object.entries(labels)
      .filter(([name]) => !UNTOLD.includes(name))
      .map(([name, value]) => `${name}=${value}`)
      .join(' ') || plan.stackName
  );
}
