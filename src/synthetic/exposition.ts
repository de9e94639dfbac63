import type { SyntheticTarget } from '../model/synthetic.ts';
import { levelsOf } from './levels.ts';
import type { Levels } from './levels.ts';

/** Names beyond letters, digits and `_` stand in quotes (text format 1.0.0). */
export const CONTENT_TYPE = 'text/plain; version=1.0.0; escaping=allow-utf-8; charset=utf-8';
const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** What a target answers: text made in advance, but for the values. */
export interface Exposition {
  /** @param atMs run ms after T0; `nowSeconds` the wall clock then */
  textAt: (atMs: number, nowSeconds: number) => string;
}

/** Prepares a target's text. Each series is written once, whatever is asked how often. */
export function expositionOf(target: Pick<SyntheticTarget, 'series'>, speed: number): Exposition {
  const lines: [string, Levels][] = target.series.map((series) => [
    `${nameAndLabels(series.metric, series.labels)} `,
    levelsOf(series, speed),
  ]);
  return {
    textAt: (atMs, nowSeconds) => {
      let text = '';
      for (const [start, levels] of lines) {
        const value = levels.valueAt(atMs, nowSeconds);
        if (value !== undefined) text += `${start}${numberText(value)}\n`;
      }
      return text;
    },
  };
}

function nameAndLabels(metric: string, labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${LABEL_NAME.test(name) ? name : quoted(name)}=${quoted(value)}`,
  );
  if (METRIC_NAME.test(metric))
    return pairs.length === 0 ? metric : `${metric}{${pairs.join(',')}}`;
  return `{${[quoted(metric), ...pairs].join(',')}}`;
}

function quoted(text: string): string {
  return `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : '-Inf';
}
