import { without } from '../../lib/picked.ts';
import type { RecipeSeries } from '../../model/recipe.ts';
import { relabel } from '../../promql/relabel.ts';
import type { Labels, RelabelRule } from '../../promql/relabel.ts';
import { isReport } from '../../promql/reports.ts';
import { waysToGive } from './made-up.ts';
import type { Unplaced } from './on-target.ts';
import { takesSeries } from './reads.ts';
import type { Reading } from './reads.ts';
import { changedBy, isSurelyLost } from './relabelled.ts';
import type { JobTarget, JobTargets } from './target.ts';

/** A recipe's series with the labels that its target exports. */
interface Exported {
  series: RecipeSeries;
  job: JobTargets;
  target: JobTarget;
  exported: Labels;
}

/**
 * Whether Prometheus, not the target, writes a series: where labels are honoured the target's own
 * word stands.
 */
export function isReported({ series, exported }: Pick<Exported, 'series' | 'exported'>): boolean {
  return isReport(series.metric) && exported['job'] === undefined;
}

/**
 * A series as Prometheus has it, and what its target has to export for that: what it writes itself
 * of a scrape has the labels of the target alone, the others go through `metric_relabel_configs`.
 * @returns why the selectors that take it in the recipe don't take it here
 */
export function asScraped(
  one: Exported,
  readings: readonly Reading[],
): { exported: Labels; final: Labels } | Unplaced {
  const { series, target } = one;
  if (!isReported(one)) return relabelled(one, readings);
  const final = { ...target.labels };
  const lost = lostReadings(one, readings, final);
  const label = lost.flatMap((r) => r.matchers).find((m) => m.label in one.exported)?.label;
  if (label === undefined || lost.length < takers(one, readings).length)
    return { exported: {}, final };
  const value = series.labels[label] ?? '';
  const isAsked = lost.some(({ matchers }) =>
    matchers.some((m) => m.label === label && m.op === '=' && m.value === value),
  );
  return {
    reason: needWords(series, isAsked ? `${label}="${value}"` : `a label ${label}`),
    lacks: { label, given: '', job: one.job.name },
  };
}

function relabelled(
  one: Exported,
  readings: readonly Reading[],
): { exported: Labels; final: Labels } | Unplaced {
  const { series, job, target } = one;
  const { metric } = series;
  const rules = metricRules(job, metric);
  const finalOf = (exported: Labels): ReturnType<typeof relabel> =>
    relabel({ ...target.labels, ...exported, __name__: metric }, rules);
  const result = finalOf(one.exported);
  const of = `metric_relabel_configs of job ${job.name}`;
  if ('droppedBy' in result)
    return { reason: `${of} drop ${metric}`, dropped: { job, rule: result.droppedBy } };
  if (result.labels['__name__'] !== metric) return { reason: `${of} give ${metric} another name` };
  const lost = lostReadings(one, readings, result.labels);
  if (lost.length === 0) return { exported: one.exported, final: unnamed(result.labels) };
  const before = { ...target.labels, ...one.exported };
  const asked = lost.flatMap(({ matchers }) => matchers.map(({ label }) => label));
  const changed = asked.filter((label) => before[label] !== result.labels[label]);
  for (const label of changed)
    for (const way of waysToGive(label, before[label] ?? '', rules)) {
      if (Object.keys(way).some((name) => name.startsWith('__') || name in target.labels)) continue;
      const exported = { ...one.exported, ...way };
      const other = finalOf(exported);
      if ('labels' in other && lostReadings(one, readings, other.labels).length === 0)
        return { exported, final: unnamed(other.labels) };
    }
  const [label = ''] = changed;
  const [value, becomes] = [before[label] ?? '', result.labels[label] ?? ''];
  const rule = changedBy(label, { ...before, __name__: metric }, rules);
  const isSure =
    lost.length === takers(one, readings).length &&
    lost.every((reading) => isSurelyLost(label, value, reading, rules, rule));
  const what =
    becomes === ''
      ? `take the label ${label} from ${metric}`
      : `make ${label}="${becomes}" of ${label}="${value}" of ${metric}`;
  const wanted = `${label}="${value}"`;
  return {
    reason: `${needWords(series, becomes === '' ? `a label ${label}` : wanted)}, and ${of} ${what}`,
    dropped: { job, rule },
    ...(isSure ? {} : { isUnsure: true }),
  };
}

/** The selectors that take a series in its recipe; of what is recorded others are asked. */
function takers({ series, target, exported }: Exported, readings: readonly Reading[]): Reading[] {
  const labels = { ...target.labels, ...exported };
  return readings.filter((reading) => takesSeries(reading, series.metric, labels));
}

/** Those of them that don't take it as it is in the end; none of a series that is never there. */
function lostReadings(one: Exported, readings: readonly Reading[], final: Labels): Reading[] {
  const { metric, shapes } = one.series;
  if (Object.values(shapes).every(({ kind }) => kind === 'absent')) return [];
  return takers(one, readings).filter((reading) => !takesSeries(reading, metric, final));
}

function unnamed(labels: Labels): Labels {
  return without(labels, ['__name__']);
}

/** What is done to the labels of a metric's series once they are scraped. */
export function metricRules({ config }: JobTargets, metric: string): RelabelRule[] {
  const written = config['metric_relabel_configs'];
  return Array.isArray(written) && !isReport(metric) ? (written as RelabelRule[]) : [];
}

/** What an alert needs; of what it is quiet without, only that. @param labels as text */
export function needWords(series: RecipeSeries, labels: string): string {
  const wanted = `${series.metric} with ${labels}`;
  return keepsQuiet(series)
    ? `it always fires, for only ${wanted} keeps it quiet`
    : `it needs ${wanted}`;
}

/** Whether an alert is quiet because of a series, and fires without it. */
export function keepsQuiet({ shapes }: RecipeSeries): boolean {
  return shapes.over.kind === 'absent' && shapes.near.kind !== 'absent';
}
