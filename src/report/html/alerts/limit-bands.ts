import { plainNumber } from '../../../lib/plain-number.ts';
import type { Phase } from '../../../model/track.ts';
import type { limitOf } from '../../../promql/limit.ts';
import type { ChartBand } from '../dashboards/chart.ts';
import type { Points } from '../dashboards/curves.ts';
import { beganMs, endedMs } from './lived.ts';
import type { Lived } from './lived.ts';

type Limit = ReturnType<typeof limitOf>;

/** What the phases that decide about a limit are called beside the curve. */
const NAMED: Partial<Record<Phase, { name: string; color: string }>> = {
  near: { name: 'near', color: 'step-near' },
  blip: { name: 'over, briefly', color: 'step-blip' },
  breach: { name: 'over', color: 'step-breach' },
  outage: { name: 'stopped', color: 'step-breach' },
};
/** As many digits as a value is told with where fewer don't matter. */
const LEAST_DIGITS = 3;
const MOST_DIGITS = 15;

/**
 * The stretches in which the world was near an alert's limit and over it, each with what the
 * expression had become: the levels of the stimulus have a unit of their own (a share
 * of 0.78 is 78 of a rule that counts per cent), and say nothing beside the limit.
 * @param points the expression at each evaluation; times are ms after T0
 * @param limit undefined: the rule compares with nothing, and no values are told
 */
export function limitBands(lived: Lived, points: Points[], limit: Limit): ChartBand[] {
  const stretches = stretchesOf(lived);
  const reached = stretches.map(
    ({ fromMs, toMs }) => limit && settled(points, fromMs, toMs, limit),
  );
  const known = [...reached, limit?.value].filter((value) => value !== undefined);
  const digits = digitsApart(known);
  return stretches.map(({ name, color, fromMs, toMs }, i) => {
    const value = reached[i];
    const told = value === undefined ? '' : `: ${plainNumber(Number(value.toPrecision(digits)))}`;
    return { name: `${name}${told}`, color, from: fromMs / 1_000, to: toMs / 1_000 };
  });
}

/** The phases that decide, from when they really began to when the next one did; run ms. */
function stretchesOf(
  lived: Lived,
): { name: string; color: string; fromMs: number; toMs: number }[] {
  return lived.track.steps.flatMap((step, i) => {
    const named = NAMED[step.phase];
    return named ? [{ ...named, fromMs: beganMs(lived, i), toMs: endedMs(lived, i) }] : [];
  });
}

/**
 * What the expression was at the stretch's last evaluation, when it has followed the world as far
 * as it does: before, it may still come from the stretch before. Of several series the one that is
 * nearest to breaking the limit, or breaks it the most; undefined: no value.
 */
function settled(
  points: Points[],
  fromMs: number,
  toMs: number,
  { operator }: NonNullable<Limit>,
): number | undefined {
  const ends = points.flatMap(({ values }) => {
    const within = [...values].filter(([at]) => at >= fromMs && at < toMs);
    const last = within.at(-1)?.[1];
    return last !== undefined && Number.isFinite(last) ? [last] : [];
  });
  if (ends.length === 0) return undefined;
  return operator.startsWith('>') ? Math.max(...ends) : Math.min(...ends);
}

/** The fewest digits with which different values still differ. */
function digitsApart(values: number[]): number {
  const different = new Set(values).size;
  for (let digits = LEAST_DIGITS; digits < MOST_DIGITS; digits++)
    if (new Set(values.map((value) => value.toPrecision(digits))).size === different) return digits;
  return MOST_DIGITS;
}
