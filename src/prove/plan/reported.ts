import type { Shape } from '../../model/recipe.ts';
import type { PlannedAlert } from './alerts.ts';
import type { JobTarget, JobTargets } from './target.ts';
import type { PlacedSeries } from './on-target.ts';
import { isReported } from './as-scraped.ts';
import { takesSeries } from './reads.ts';

/** Targets that an alert on `up` takes away: from answering, or from what is discovered. */
export interface TakenTargets {
  /** Those that are asked and don't answer. */
  down: JobTarget[];
  /** Those that nobody discovers any more while the alert is over its limit. */
  gone: JobTarget[];
}

/**
 * What has to be done to targets so that Prometheus itself writes an alert's `up` as planned.
 * @returns a text: why it can't be done
 */
export function takenTargets(
  { placement, readings, result }: PlannedAlert,
  jobs: JobTargets[],
): TakenTargets | string {
  const reported = 'placed' in placement ? placement.placed.filter(isReported) : [];
  if (reported.length === 0) return { down: [], gone: [] };
  const odd = reported.find((one) => !isUp(one));
  if (odd) return `${odd.series.metric} is what Prometheus itself writes of a scrape`;
  const read = jobs
    .flatMap(({ targets }) => targets)
    .filter(({ labels }) => readings.some((reading) => takesSeries(reading, 'up', labels)));
  const down = reported
    .filter(({ series }) => isEver(series.shapes, 0))
    .map(({ target }) => target);
  // Presence is about all of them.
  if (reported.some(({ series }) => series.shapes.over.kind === 'absent'))
    return { down, gone: read };
  const own = new Set(reported.map(({ target }) => target));
  const others = read.filter((target) => !own.has(target) && comesInto(result, target));
  return others.length > 0
    ? `${others.length} more ${others.length === 1 ? 'target counts' : 'targets count'} into it than in virtual time`
    : { down, gone: [] };
}

/** Whether a target's `up` comes into the very result that an alert is about. */
function comesInto(result: Record<string, string>, { labels }: JobTarget): boolean {
  return Object.entries(result).every(
    ([label, value]) => labels[label] === undefined || labels[label] === value,
  );
}

function isUp({ series: { metric, shapes } }: PlacedSeries): boolean {
  return (
    metric === 'up' &&
    shapes.near.kind !== 'absent' &&
    shapes.calm.kind !== 'absent' &&
    Object.values(shapes).every((shape) => valuesOf(shape).every((v) => v === 0 || v === 1))
  );
}

function isEver(shapes: PlacedSeries['series']['shapes'], value: number): boolean {
  return Object.values(shapes).some(
    (shape) => shape.kind !== 'absent' && valuesOf(shape).includes(value),
  );
}

/** The values that a shape takes; one that is none of a target's for shapes that it can't have. */
function valuesOf(shape: Shape): number[] {
  if (shape.kind === 'value') return [shape.value];
  if (shape.kind === 'toggle') return shape.values;
  if (shape.kind === 'gaps') return [shape.value];
  return shape.kind === 'absent' ? [] : [NaN];
}
