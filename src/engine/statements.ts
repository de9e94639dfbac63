import { formatDuration } from '../lib/duration.ts';
import { seriesText } from '../lib/series-text.ts';
import type { Pair, Recipe } from '../model/recipe.ts';

/** One question of a promtool test, and what it must be answered. */
export interface Statement {
  expr: string;
  eval_time: string;
  exp_samples: { labels: string; value: number }[];
}

/**
 * What a statement is about: that the alert is quiet, begins to be active, is pending until the end
 * of `for`, doesn't fire before that, fires, is active until all is calm, is over; or which labels
 * its instances carry.
 */
export type About =
  'quiet' | 'active' | 'pending' | 'not-yet' | 'firing' | 'lasting' | 'over' | 'labels';

/** A statement about an alert at a moment. */
export interface AlertStatement {
  about: About;
  atMs: number;
  statement: Statement;
}

/**
 * Quiet as long as the world is near and until the first evaluation that must see it over; then
 * pending, firing after exactly `for`, and over when the world is calm again. The rule's own labels
 * are part of what is looked for.
 */
export function statementsOf(recipe: Recipe, { timeline }: Pair): AlertStatement[] {
  const { always } = recipe;
  const every = timeline.evaluationMs;
  const series = (state?: string): string => statesOf(recipe, state);
  const { settledAtMs, activeAtMs, firingAtMs, resolvedAtMs } = timeline;
  const waits = firingAtMs > activeAtMs;
  const quietMs = activeAtMs - every - settledAtMs;
  const own = (ms: number): string => `count_over_time(${series()}[${formatDuration(ms)}])`;
  return [
    ...(always || quietMs <= 0 ? [] : [none('quiet', own(quietMs), activeAtMs - every)]),
    ...(waits
      ? [
          some('active', series('pending'), activeAtMs),
          some('pending', series('pending'), firingAtMs - every),
          none('not-yet', series('firing'), firingAtMs - every),
        ]
      : []),
    some('firing', series('firing'), firingAtMs),
    ...(always
      ? []
      : [
          some('lasting', series(), resolvedAtMs - every),
          none('over', series(), resolvedAtMs + every),
        ]),
  ];
}

/** The alert's own series, with the labels of its rule that are fixed. */
function statesOf({ alert, labels }: Recipe, state?: string): string {
  const own = { alertname: alert.name, ...(state ? { alertstate: state } : {}) };
  const fixed = Object.entries(labels).filter(([, value]) => !value.includes('{{'));
  return seriesText('ALERTS', { ...own, ...Object.fromEntries(fixed) });
}

/**
 * That it is over at the very first evaluation at which it can be: what is looked at one later may
 * have been kept firing until then. Undefined where it never ends.
 */
export function endStatement(recipe: Recipe, { timeline }: Pair): AlertStatement | undefined {
  return recipe.always ? undefined : none('over', statesOf(recipe), timeline.resolvedAtMs);
}

function some(about: About, what: string, atMs: number): AlertStatement {
  const expr = `count(${what}) > bool 0`;
  return asked(about, expr, atMs, [{ labels: '{}', value: 1 }]);
}

function none(about: About, what: string, atMs: number): AlertStatement {
  return asked(about, `count(${what})`, atMs, []);
}

function asked(
  about: About,
  expr: string,
  atMs: number,
  samples: Statement['exp_samples'],
): AlertStatement {
  return {
    ...{ about, atMs },
    statement: { expr, eval_time: formatDuration(atMs), exp_samples: samples },
  };
}

/**
 * That just these instances fire, with all of their labels: a label too many or too few changes who
 * is told together, and whom an inhibition meets. Undefined where a label is made by a template, or
 * nothing is known of the instances.
 */
export function labelStatement({
  instances,
  alert,
  labels,
  pairs,
}: Recipe): AlertStatement | undefined {
  const templated = Object.values(labels).some((text) => text.includes('{{'));
  if (templated || instances.length === 0) return undefined;
  return asked(
    'labels',
    seriesText('ALERTS', { alertname: alert.name, alertstate: 'firing' }),
    pairs[0].timeline.firingAtMs,
    instances.map((own) => ({
      labels: seriesText('ALERTS', { ...own, alertname: alert.name, alertstate: 'firing' }),
      value: 1,
    })),
  );
}
