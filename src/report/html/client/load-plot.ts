import uPlot from 'uplot';
import { loadText, withUnit } from '../../../lib/amounts.ts';
import type { LoadChart } from '../capacity/chart.ts';
import { COLORS, HEIGHT, axisIn, pageColors, readoutBox, showUnderPointer } from './look.ts';
import type { Color } from './look.ts';

/** uPlot's name of a logarithmic axis. */
const LOGARITHMIC = 3;

/**
 * One graph: figures against the load, each measured load a point, the saturation point as an
 * upright line, the limits as level ones.
 */
export function loadPlot(place: HTMLElement, chart: LoadChart): uPlot {
  const color = pageColors();
  const values = chart.curves.flatMap((curve) => curve.values);
  const isLog = chart.log && values.every((value) => value === null || value > 0);
  return new uPlot(
    {
      width: place.clientWidth,
      height: HEIGHT,
      padding: [8, 8, 0, 0],
      legend: { show: false },
      series: [
        {},
        ...chart.curves.map((curve, i) => ({
          label: curve.name,
          stroke: color(`curve-${i % COLORS}`),
          width: 1.75,
          points: { show: true, size: 5 },
        })),
      ],
      scales: {
        x: { time: false, distr: LOGARITHMIC, range: loadRange(chart) },
        y: isLog ? { distr: LOGARITHMIC } : { range: (_, low, high) => rangeOf(chart, low, high) },
      },
      axes: axesOf(chart, axisIn(color), isLog),
      cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
      plugins: [readout(chart), marks(chart, color)],
    },
    [chart.loads, ...chart.curves.map((curve) => curve.values)] as uPlot.AlignedData,
    place,
  );
}

/** From a little below the lowest load that was measured to a little above the highest. */
function loadRange({ loads }: LoadChart): [number, number] {
  return [(loads[0] ?? 1) * 0.92, (loads.at(-1) ?? 1) * 1.08];
}

function rangeOf(chart: LoadChart, low: number, high: number): [number, number] {
  return [Math.min(0, low), Math.max(high, ...near(chart, high)) * 1.08 || 1];
}

/** Loads below, figures at the left; on a logarithmic axis powers of ten alone have a word. */
function axesOf(chart: LoadChart, axis: uPlot.Axis, isLog: boolean): uPlot.Axis[] {
  const isPowerOfTen = (tick: number): boolean => /^1e-?\d+$|^0\.0*1$|^10*$/.test(String(tick));
  return [
    {
      ...axis,
      size: 26,
      splits: () => round(...loadRange(chart)),
      filter: (_, ticks) => ticks,
      values: (_, ticks) => ticks.map(loadText),
    },
    {
      ...axis,
      size: 66,
      values: (_, ticks) =>
        ticks.map((tick) => (isLog && !isPowerOfTen(tick) ? '' : withUnit(tick, chart.unit))),
    },
  ];
}

/** What stands under the pointer: the load, and each curve's figure at it. */
function readout(chart: LoadChart): uPlot.Plugin {
  const box = readoutBox();
  const figure = (value: number | null | undefined): string =>
    value === null || value === undefined ? 'not measured' : withUnit(value, chart.unit);
  const textAt = (index: number): string =>
    [
      `${loadText(chart.loads[index] ?? 0)} ${chart.loadUnit}`,
      ...chart.curves.map(({ name, values }) => `${name}: ${figure(values[index])}`),
    ].join('\n');
  return {
    hooks: {
      init: (u) => u.over.append(box),
      setCursor: (u) => showUnderPointer(u, box, textAt),
    },
  };
}

/** The limits as level lines, the saturation point as an upright one. */
function marks({ limits, saturationPoint }: LoadChart, color: Color): uPlot.Plugin {
  const level = (u: uPlot, value: number): Ends => {
    const y = u.valToPos(value, 'y', true);
    return [u.bbox.left, y, u.bbox.left + u.bbox.width, y];
  };
  const upright = (u: uPlot, load: number): Ends => {
    const x = u.valToPos(load, 'x', true);
    return [x, u.bbox.top, x, u.bbox.top + u.bbox.height];
  };
  return {
    hooks: {
      draw: (u) => {
        for (const { value } of limits) line(u, color('red'), level(u, value));
        if (saturationPoint !== null)
          line(u, color('accent'), upright(u, saturationPoint), 'saturation point');
      },
    },
  };
}

/** 1, 2, 5, 10, 20, … between two loads. */
function round(from: number, to: number): number[] {
  return Array.from({ length: 12 }, (_, power) => [1, 2, 5].map((n) => n * 10 ** power))
    .flat()
    .filter((load) => load >= from && load <= to);
}

/** Limits that are near enough to be worth their room. */
function near(chart: LoadChart, most: number): number[] {
  return chart.limits.map(({ value }) => value).filter((value) => value <= most * 3);
}

/** Where a line begins and ends, device px. */
type Ends = [x1: number, y1: number, x2: number, y2: number];

function line(u: uPlot, stroke: string, [x1, y1, x2, y2]: Ends, word?: string): void {
  const { left, top, width, height } = u.bbox;
  if (x1 < left || x1 > left + width || y1 < top || y1 > top + height) return;
  u.ctx.save();
  u.ctx.strokeStyle = stroke;
  u.ctx.fillStyle = stroke;
  u.ctx.lineWidth = 1.5 * devicePixelRatio;
  u.ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
  u.ctx.beginPath();
  u.ctx.moveTo(x1, y1);
  u.ctx.lineTo(x2, y2);
  u.ctx.stroke();
  u.ctx.textAlign = 'right';
  if (word !== undefined)
    u.ctx.fillText(word, x1 - 4 * devicePixelRatio, top + 11 * devicePixelRatio);
  u.ctx.restore();
}
