import { storedBound } from '../../lib/open-metrics-number.ts';
import type { RecipeSeries } from '../../model/recipe.ts';
import { isMade } from '../../promql/made.ts';
import type { Labels } from '../../promql/relabel.ts';
import { pinnedVersion, PROMETHEUS_IMAGE } from '../../stack/pinned.ts';
import { receivesSeries } from '../../stack/prometheus-flags.ts';
import { needWords } from './as-scraped.ts';
import type { Unplaced } from './on-target.ts';
import { takesSeries } from './reads.ts';
import type { Reading } from './reads.ts';
import type { Subject } from './subject.ts';

/**
 * Whether what is scraped has `le="1.0"` where its exporter says `le="1"`, as Prometheus 3 stores
 * it. Perhaps: nobody says which version it is, or what is pushed may come as it is.
 */
export type Floats = 'surely' | 'perhaps';

const FIRST_WITH_FLOATS = 3;
const BUCKET = /_bucket$/;
const ENDS = /^[01]$/;

/** Undefined where numbers stay as they are told: of Prometheus 2, and of vmagent. */
export function floatsOf(stack: Subject): Floats | undefined {
  const { composes, prometheus } = stack;
  if (prometheus?.origin === 'vmagent') return undefined;
  const pinned = pinnedVersion(stack, PROMETHEUS_IMAGE);
  if (pinned && pinned.major < FIRST_WITH_FLOATS) return undefined;
  const receives = receivesSeries({ composes, prometheus: prometheus ? [prometheus] : [] });
  return pinned && !receives ? 'surely' : 'perhaps';
}

/**
 * A label's value as it is stored: of bounds their own form of a number, and of the least and the
 * greatest quantile. Others that aren't a summary's may be written as they like (`0.50`).
 */
export function storedValue(metric: string, label: string, value: string): string {
  const isNumber = label === 'le' ? BUCKET.test(metric) : label === 'quantile' && ENDS.test(value);
  return isNumber && !isMade(metric) ? storedBound(value) : value;
}

/** All labels of a series of a job, as they are stored. */
export function storedLabels(metric: string, labels: Labels, floats: Floats | undefined): Labels {
  if (!floats) return labels;
  return Object.fromEntries(
    Object.entries(labels).map(([label, value]) => [label, storedValue(metric, label, value)]),
  );
}

/** Why no job has a series whose number is asked for in a form in which it isn't stored. */
export function notStored(
  series: RecipeSeries,
  label: string,
  floats: Floats,
  readings: readonly Reading[],
): Unplaced {
  const { metric, labels } = series;
  const value = labels[label] ?? '';
  const stored = storedValue(metric, label, value);
  const takers = readings.filter((reading) => takesSeries(reading, metric, labels));
  const isAsked = ({ matchers }: Reading): boolean =>
    matchers.some((m) => m.label === label && m.op === '=' && m.value === value);
  // Of what has quantiles nobody knows whether it is a summary.
  const isSure =
    floats === 'surely' && label === 'le' && takers.length > 0 && takers.every(isAsked);
  return {
    reason:
      `${needWords(series, `${label}="${value}"`)}, and Prometheus ${FIRST_WITH_FLOATS} stores what ` +
      `it scrapes as ${label}="${stored}": \`=~"${value}|${stored}"\` takes both`,
    ...(isSure ? { isStored: true } : { isUnsure: true }),
  };
}
