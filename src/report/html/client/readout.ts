import type uPlot from 'uplot';
import type { ChartData } from '../dashboards/chart.ts';
import { formatValue } from '../units.ts';
import { readoutBox, showUnderPointer } from './look.ts';

/** Shown of many curves. */
const MOST = 8;

/** What stands under the pointer: the time, each curve's value, and what the truth allows there. */
export function readout(chart: ChartData): uPlot.Plugin {
  const box = readoutBox();
  const show = (value: number | null | undefined): string =>
    formatValue(value ?? null, chart.unit, chart.decimals);
  const textAt = (idx: number): string => {
    const seconds = chart.times[idx] ?? 0;
    const own =
      chart.speed === 1
        ? ''
        : `, ${((seconds * chart.speed) / 60).toFixed(1)} min of the stack's own time`;
    const lines = chart.curves.slice(0, MOST).map((curve) => {
      const [low, high] = [curve.low?.[idx], curve.high?.[idx]];
      const truth =
        low === null || low === undefined || high === null || high === undefined
          ? ''
          : `  (truth ${low === high ? show(low) : `${show(low)} to ${show(high)}`})`;
      return `${curve.name}: ${show(curve.values[idx])}${truth}`;
    });
    return [`${seconds.toFixed(2)} s${own}`, ...lines].join('\n');
  };
  return {
    hooks: {
      init: (u) => u.over.append(box),
      setCursor: (u) => showUnderPointer(u, box, textAt),
    },
  };
}
