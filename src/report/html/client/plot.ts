import uPlot from 'uplot';
import type { ChartData } from '../dashboards/chart.ts';
import { formatValue } from '../units.ts';
import { readout } from './readout.ts';

const HEIGHT = 190;
/** Curves have this many colours in the style sheet. */
const COLORS = 8;

/** Bytes are counted in powers of two: labels of 4 MiB and 8 MiB, not of 4.77 and 9.54. */
const BINARY_STEPS = Array.from({ length: 50 }, (_, i) => 2 ** i);

/**
 * One graph: each curve in its colour, the truth as a dashed line in a tinted band, the alert's
 * limits as thin lines.
 */
export function plot(place: HTMLElement, chart: ChartData): uPlot {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const series: uPlot.Series[] = [{}];
  const data: (number | null)[][] = [chart.times];
  const bands: uPlot.Band[] = [];
  chart.curves.forEach((curve, i) => {
    const stroke = color(`curve-${i % COLORS}`);
    data.push(curve.values);
    series.push({
      label: curve.name,
      stroke,
      width: 1.75,
      points: { show: curve.values.filter((v) => v !== null).length < 3 },
    });
    if (!curve.low || !curve.high) return;
    const middle = curve.low.map((low, n) => {
      const high = curve.high?.[n];
      return low === null || high === null || high === undefined ? null : (low + high) / 2;
    });
    const at = data.push(curve.high, curve.low, middle) - 3;
    // What is only an edge of the band has no line of its own.
    const edge: uPlot.Series = { stroke: 'transparent', width: 0, points: { show: false } };
    series.push(edge, edge, {
      stroke: color('truth'),
      width: 1.25,
      dash: [4, 4],
      points: { show: false },
    });
    bands.push({ series: [at, at + 1], fill: `${stroke}2e` });
  });
  const axis: uPlot.Axis = {
    stroke: color('quiet'),
    grid: { stroke: color('line'), width: 1 },
    ticks: { stroke: color('line'), width: 1, size: 4 },
    font: '11px system-ui, sans-serif',
  };
  return new uPlot(
    {
      width: place.clientWidth,
      height: HEIGHT,
      series,
      bands,
      padding: [8, 8, 0, 0],
      legend: { show: false },
      scales: {
        x: { time: false, range: [0, chart.end] },
        y: { range: (_, low, high) => rangeOf(chart, low, high) },
      },
      axes: [
        {
          ...axis,
          size: 26,
          values: (_, ticks) =>
            ticks.map((t) => (chart.speed === 1 ? `${Number((t / 60).toFixed(1))} min` : `${t} s`)),
        },
        {
          ...axis,
          size: 66,
          ...(chart.unit === 'bytes' || chart.unit === 'binBps' ? { incrs: BINARY_STEPS } : {}),
          values: (_, ticks) => ticks.map((t) => formatValue(t, chart.unit)),
        },
      ],
      cursor: { y: false, points: { size: 6 }, drag: { x: true, y: false } },
      plugins: [readout(chart)],
      hooks: { draw: [(u) => limits(u, chart, color)] },
    },
    data as uPlot.AlignedData,
    place,
  );
}

/** The panel's own limits, where it has some; else what is shown, with a little room. */
function rangeOf(chart: ChartData, low: number | null, high: number | null): [number, number] {
  const near = chart.limits
    .map(({ value }) => value)
    .filter((value) => high !== null && value > 0 && value <= high * 1.6);
  const [from, to] = [Math.min(low ?? 0, ...near), Math.max(high ?? 1, ...near)];
  const room = (to - from || Math.abs(to) || 1) * 0.08;
  return [
    chart.min ?? (from >= 0 ? Math.max(0, from - room) : from - room),
    Math.max(to + room, 0),
  ];
}

function limits(u: uPlot, chart: ChartData, color: (name: string) => string): void {
  const { left, top, width, height } = u.bbox;
  for (const limit of chart.limits) {
    const y = Math.round(u.valToPos(limit.value, 'y', true));
    if (y < top || y > top + height) continue;
    u.ctx.save();
    u.ctx.strokeStyle = color(limit.color) || color('quiet');
    u.ctx.globalAlpha = 0.7;
    u.ctx.lineWidth = devicePixelRatio;
    // The curve that was drawn last may have been dashed.
    u.ctx.setLineDash([]);
    u.ctx.beginPath();
    u.ctx.moveTo(left, y);
    u.ctx.lineTo(left + width, y);
    u.ctx.stroke();
    u.ctx.restore();
  }
}
