import { html } from '../markup.ts';
import type { Markup, Piece } from '../markup.ts';
import { formatValue } from '../units.ts';
import type { Curve, Curves } from './curves.ts';
import { colorOf } from './look.ts';
import type { Look } from './look.ts';

/** The names that Grafana's colours and the page's style sheet share. */
const COLORS = ['green', 'red', 'orange', 'yellow', 'blue', 'purple'];
const named = (color: string): string => (COLORS.includes(color) ? color : 'text');
/** Curves have this many colours; then they begin again. */
const CURVE_COLORS = 8;

/**
 * A stat panel: the last value of each curve in large figures, with its course and the truth
 * (dashed) below.
 */
export function stat(look: Look, unit: string, { times, curves }: Curves): Markup {
  const cells = curves.map((curve) => {
    const known = look.values[String(curve.last)];
    const color = curve.last === null ? 'text' : named(colorOf(look, curve.last));
    return html`<div class="stat ${color}${look.filled ? ' filled' : ''}">
      ${curves.length > 1 && html`<span class="of">${curve.name}</span>`}
      <strong>${known?.text ?? formatValue(curve.last, unit, look.decimals)}</strong>
      ${!look.filled && Object.keys(look.values).length === 0 && spark(times, curve)}
    </div>`;
  });
  return html`<div class="stats${curves.length > 1 ? ' many' : ''}">
    ${cells.length > 0 ? cells : html`<p class="nothing">No data</p>`}
  </div>`;
}

function spark(times: number[], curve: Curve): Markup {
  const numbers = [...curve.values, ...(curve.low ?? []), ...(curve.high ?? [])].filter(
    (v) => v !== null,
  );
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const [from, to] = [times[0] ?? 0, times.at(-1) ?? 1];
  const x = (i: number): number =>
    Number(((100 * ((times[i] ?? 0) - from)) / (to - from || 1)).toFixed(1));
  const y = (v: number): number => Number((28 - (26 * (v - low)) / (high - low || 1)).toFixed(1));
  const middle = curve.values.map((_, i) => {
    const [a, b] = [curve.low?.[i], curve.high?.[i]];
    return a === null || a === undefined || b === null || b === undefined ? null : (a + b) / 2;
  });
  return html`<svg class="spark" width="100%" height="30" viewBox="0 0 100 30"
    preserveAspectRatio="none" aria-hidden="true">
    <path class="seen" d="${path(curve.values, x, y)}"/>
    <path class="truth" d="${path(middle, x, y)}"/>
  </svg>`;
}

function path(
  values: (number | null)[],
  x: (i: number) => number,
  y: (v: number) => number,
): string {
  let pen = 'M';
  return values
    .map((v, i) => {
      if (v === null) {
        pen = 'M';
        return '';
      }
      const step = `${pen}${x(i)} ${y(v)}`;
      pen = 'L';
      return step;
    })
    .join('');
}

/** A pie as a ring; the truth of each part beside it. */
export function pie(unit: string, look: Look, { curves }: Curves): Markup {
  const total = curves.reduce((sum, c) => sum + Math.max(0, c.last ?? 0), 0);
  let before = 0;
  const arcs = curves.map((curve, i): Piece => {
    const share = total > 0 ? (100 * Math.max(0, curve.last ?? 0)) / total : 0;
    // A circle of circumference 100: lengths of its dashes are per cent.
    const arc = html`<circle class="arc c${i % CURVE_COLORS}" r="15.915" cx="21" cy="21"
      stroke-dasharray="${share.toFixed(2)} ${(100 - share).toFixed(2)}"
      stroke-dashoffset="${(25 - before).toFixed(2)}">
      <title>${curve.name}: ${formatValue(curve.last, unit, look.decimals)}</title>
    </circle>`;
    before += share;
    return arc;
  });
  const rows = curves.map((curve, i) =>
    legendRow(i, curve.name, [
      formatValue(curve.last, unit, look.decimals),
      total > 0 ? `${((100 * (curve.last ?? 0)) / total).toFixed(0)}%` : '',
      truthText(curve, unit, look),
    ]),
  );
  return html`<div class="pie">
    <svg viewBox="0 0 42 42" width="130" height="130" aria-hidden="true">${arcs}</svg>
    ${legendTable('Parts', ['part', 'value', 'share', 'truth'], rows)}
  </div>`;
}

/** A curve's row in a legend: its colour, its name, and what is told of it. */
export function legendRow(index: number, name: string, told: string[]): Markup {
  return html`<tr>
    <th scope="row"><i class="key c${index % CURVE_COLORS}"></i>${name}</th>
    ${told.map((text) => html`<td>${text}</td>`)}
  </tr>`;
}

/** A picture's legend as a table; the first column's head is for those who can't see it. */
export function legendTable(caption: string, [first, ...heads]: string[], rows: Markup[]): Markup {
  return html`<table class="legend">
    <caption class="unseen">${caption}</caption>
    <thead>
      <tr>
        <th scope="col"><span class="unseen">${first}</span></th>
        ${heads.map((head) => html`<th scope="col">${head}</th>`)}
      </tr>
    </thead>
    <tbody>${rows}</tbody>
  </table>`;
}

/** What the truth allowed last, in the panel's unit. */
export function truthText(curve: Curve, unit: string, look: Look): string {
  const [low, high] = [lastOf(curve.low), lastOf(curve.high)];
  if (low === null || high === null) return '–';
  const [a, b] = [formatValue(low, unit, look.decimals), formatValue(high, unit, look.decimals)];
  return a === b ? a : `${a} to ${b}`;
}

/**
 * A state timeline: a bar for each curve, a colour for each value; where the truth says otherwise,
 * a line below it.
 */
export function stateTimeline(
  look: Look,
  { times, curves }: Curves,
  lengthSeconds: number,
): Markup {
  const share = (seconds: number): string =>
    `${Number(((100 * Math.max(0, Math.min(lengthSeconds, seconds))) / lengthSeconds).toFixed(2))}%`;
  return html`<div class="states">
      ${curves.map((curve) => {
        const bars = stretches(times, curve.values).map(
          ([from, to, value]) =>
            html`<rect class="${named(colorOf(look, value))}" x="${share(from)}"
              width="${share(to - from)}" y="0" height="14">
              <title>
                ${curve.name}: ${look.values[String(value)]?.text ?? value}, ${from} s to ${to} s
              </title>
            </rect>`,
        );
        const truth = stretches(times, curve.low ?? []).map(
          ([from, to, value]) =>
            html`<rect class="${named(colorOf(look, value))}" x="${share(from)}"
              width="${share(to - from)}" y="16" height="3">
              <title>
                truth: ${look.values[String(value)]?.text ?? value}, ${from} s to ${to} s
              </title>
            </rect>`,
        );
        return html`<div class="state-row">
          <span title="${curve.name}">${curve.name}</span>
          <svg width="100%" height="20" aria-hidden="true">${bars}${truth}</svg>
        </div>`;
      })}
    </div>
    <p class="note">
      The thin line below each bar is the truth; where it is missing, nobody outside of the stack
      knows.
    </p>`;
}

function stretches(
  times: number[],
  values: (number | null)[],
): [from: number, to: number, value: number][] {
  const found: [number, number, number][] = [];
  values.forEach((value, i) => {
    const [at, next] = [times[i] ?? 0, times[i + 1] ?? times[i] ?? 0];
    const last = found.at(-1);
    if (value === null) return;
    if (last && last[2] === value && last[1] === at) last[1] = next;
    else found.push([at, next, value]);
  });
  return found;
}

const lastOf = (values: (number | null)[] | null): number | null =>
  values?.findLast((v) => v !== null) ?? null;
