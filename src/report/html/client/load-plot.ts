import uPlot from 'uplot';
import { loadText, withUnit } from '../../../lib/amounts.ts';
import type { LoadChart } from '../capacity/chart.ts';

const HEIGHT = 190;
const COLORS = 8;
/** uPlot's name of a logarithmic axis. */
const LOGARITHMIC = 3;

/**
 * One graph: figures against the load, each measured load a point, the knee as an upright line, the
 * limits as level ones.
 */
export function loadPlot(place: HTMLElement, chart: LoadChart): uPlot {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const axis: uPlot.Axis = {
    stroke: color('quiet'),
    grid: { stroke: color('line'), width: 1 },
    ticks: { stroke: color('line'), width: 1, size: 4 },
    font: '11px system-ui, sans-serif',
  };
  const box = document.createElement('div');
  const [low, high] = [chart.loads[0] ?? 1, chart.loads.at(-1) ?? 1];
  const positive = chart.curves
    .flatMap(({ values }) => values)
    .every((value) => value === null || value > 0);
  const log = chart.log && positive;
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
        x: { time: false, distr: LOGARITHMIC, range: [low * 0.92, high * 1.08] },
        y: log
          ? { distr: LOGARITHMIC }
          : {
              range: (_, least, most) => [
                Math.min(0, least),
                Math.max(most, ...near(chart, most)) * 1.08 || 1,
              ],
            },
      },
      axes: [
        {
          ...axis,
          size: 26,
          splits: () => round(low * 0.92, high * 1.08),
          filter: (_, ticks) => ticks,
          values: (_, ticks) => ticks.map(loadText),
        },
        {
          ...axis,
          size: 66,
          values: (_, ticks) =>
            ticks.map((t) =>
              log && !/^1e-?\d+$|^0\.0*1$|^10*$/.test(String(t)) ? '' : withUnit(t, chart.unit),
            ),
        },
      ],
      cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
      plugins: [
        {
          hooks: {
            init: (u) => {
              box.className = 'readout';
              box.hidden = true;
              u.over.append(box);
            },
            setCursor: (u) => {
              const { idx, left } = u.cursor;
              box.hidden = idx === null || idx === undefined || left === undefined || left < 0;
              if (box.hidden || idx === null || idx === undefined || left === undefined) return;
              // As text, never as HTML.
              box.textContent = [
                `${loadText(chart.loads[idx] ?? 0)} ${chart.loadUnit}`,
                ...chart.curves.map(
                  ({ name, values }) =>
                    `${name}: ${values[idx] === null || values[idx] === undefined ? 'not measured' : withUnit(values[idx], chart.unit)}`,
                ),
              ].join('\n');
              box.classList.toggle('left', left > u.over.clientWidth / 2);
            },
            draw: (u) => {
              for (const { value } of chart.limits)
                line(u, color('red'), () => {
                  const y = u.valToPos(value, 'y', true);
                  return [u.bbox.left, y, u.bbox.left + u.bbox.width, y];
                });
              const { knee } = chart;
              if (knee !== null)
                line(
                  u,
                  color('accent'),
                  () => {
                    const x = u.valToPos(knee, 'x', true);
                    return [x, u.bbox.top, x, u.bbox.top + u.bbox.height];
                  },
                  'knee',
                );
            },
          },
        },
      ],
    },
    [chart.loads, ...chart.curves.map(({ values }) => values)] as uPlot.AlignedData,
    place,
  );
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

function line(
  u: uPlot,
  stroke: string,
  ends: () => [number, number, number, number],
  word?: string,
): void {
  const [x1, y1, x2, y2] = ends();
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
