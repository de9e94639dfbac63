import uPlot from 'uplot';
import type { ChartData } from '../dashboards/chart.ts';
import { formatValue } from '../units.ts';
import { COLORS, HEIGHT, axisIn, pageColors } from './look.ts';
import type { Color } from './look.ts';
import { readout } from './readout.ts';

/** Bytes are counted in powers of two: labels of 4 MiB and 8 MiB, not of 4.77 and 9.54. */
const BINARY_STEPS = Array.from({ length: 50 }, (_, i) => 2 ** i);

/**
 * One graph: each curve in its colour, the truth as a dashed line in a tinted band, the alert's
 * limits as thin lines.
 */
export function plot(place: HTMLElement, chart: ChartData): uPlot {
  const color = pageColors();
  const { series, data, bands } = linesOf(chart, color);
  return new uPlot(
    {
      width: place.clientWidth,
      height: HEIGHT,
      series,
      bands,
      padding: [8, 8, 0, 0],
      legend: { show: false },
      scales: {
        x: { time: false, range: [chart.start, chart.end] },
        y: { range: (_, low, high) => rangeOf(chart, low, high) },
      },
      axes: axesOf(chart, axisIn(color)),
      cursor: { y: false, points: { size: 6 }, drag: { x: true, y: false } },
      plugins: [readout(chart)],
      hooks: {
        drawClear: [(u) => stretches(u, chart, color)],
        draw: [(u) => limits(u, chart, color)],
      },
    },
    data as uPlot.AlignedData,
    place,
  );
}

/** What is drawn over the time: a line for each curve, and for its truth a band and its middle. */
interface Lines {
  series: uPlot.Series[];
  /** The times first, then the values of each series. */
  data: (number | null)[][];
  bands: uPlot.Band[];
}

function linesOf(chart: ChartData, color: Color): Lines {
  const series: uPlot.Series[] = [{}];
  const data: (number | null)[][] = [chart.times];
  const bands: uPlot.Band[] = [];
  // What is only an edge of the band has no line of its own.
  const edge: uPlot.Series = { stroke: 'transparent', width: 0, points: { show: false } };
  const middle: uPlot.Series = {
    stroke: color('truth'),
    width: 1.25,
    dash: [4, 4],
    points: { show: false },
  };
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
    const at = data.push(curve.high, curve.low, between(curve.low, curve.high)) - 3;
    series.push(edge, edge, middle);
    bands.push({ series: [at, at + 1], fill: `${stroke}2e` });
  });
  return { series, data, bands };
}

/** Halfway between two lines, where both are known. */
function between(lows: (number | null)[], highs: (number | null)[]): (number | null)[] {
  return lows.map((low, n) => {
    const high = highs[n];
    return low === null || high === null || high === undefined ? null : (low + high) / 2;
  });
}

/** The run's time below, the panel's unit at the left. */
function axesOf(chart: ChartData, axis: uPlot.Axis): uPlot.Axis[] {
  const time = (seconds: number): string =>
    chart.speed === 1 ? `${Number((seconds / 60).toFixed(1))} min` : `${seconds} s`;
  const isBinary = chart.unit === 'bytes' || chart.unit === 'binBps';
  return [
    { ...axis, size: 26, values: (_, ticks) => ticks.map(time) },
    {
      ...axis,
      size: 66,
      ...(isBinary ? { incrs: BINARY_STEPS } : {}),
      values: (_, ticks) => ticks.map((t) => formatValue(t, chart.unit)),
    },
  ];
}

/** The panel's own limits, where it has some; else what is shown, with a little room. */
function rangeOf(chart: ChartData, low: number | null, high: number | null): [number, number] {
  const near = chart.limits
    .filter(({ value, always }) => always || (high !== null && value > 0 && value <= high * 1.6))
    .map(({ value }) => value);
  const [from, to] = [Math.min(low ?? 0, ...near), Math.max(high ?? 1, ...near)];
  const room = (to - from || Math.abs(to) || 1) * 0.08;
  return [
    chart.min ?? (from >= 0 ? Math.max(0, from - room) : from - room),
    Math.max(to + room, 0),
  ];
}

/** The tinted stretches, behind everything else. */
function stretches(u: uPlot, chart: ChartData, color: Color): void {
  const { left, top, width, height } = u.bbox;
  u.ctx.save();
  u.ctx.globalAlpha = 0.28;
  for (const band of chart.bands) {
    const from = Math.max(left, u.valToPos(band.from, 'x', true));
    const to = Math.min(left + width, u.valToPos(band.to, 'x', true));
    u.ctx.fillStyle = color(band.color);
    if (to > from) u.ctx.fillRect(from, top, to - from, height);
  }
  u.ctx.restore();
}

function limits(u: uPlot, chart: ChartData, color: Color): void {
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
