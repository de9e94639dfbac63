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
  const { alert, always } = recipe;
  const every = timeline.evaluationMs;
  const fixed = Object.entries(recipe.labels).filter(([, value]) => !value.includes('{{'));
  const series = (state?: string): string => {
    const own = { alertname: alert.name, ...(state ? { alertstate: state } : {}) };
    return seriesText('ALERTS', { ...own, ...Object.fromEntries(fixed) });
  };
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
