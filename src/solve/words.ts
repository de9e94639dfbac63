import { seriesText } from '../lib/series-text.ts';
import type { RecipeSeries, Shape, Timeline } from '../model/recipe.ts';
import { plainNumber as plain } from '../lib/plain-number.ts';

/** What makes the difference between near and over, in words. */
export function leverWords(series: readonly RecipeSeries[]): string {
  const differing = series.filter(
    ({ shapes }) => JSON.stringify(shapes.near) !== JSON.stringify(shapes.over),
  );
  const told = differing
    .slice(0, 2)
    .map((s) => `${seriesName(s)} ${differenceWords(s.shapes.over, s.shapes.near)}`);
  const more = differing.length - told.length;
  return told.length === 0
    ? 'it always fires'
    : `${told.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

/** Whether anything but the moment makes the difference between near and over. */
export function differs(series: readonly RecipeSeries[]): boolean {
  return series.some(({ shapes }) => JSON.stringify(shapes.near) !== JSON.stringify(shapes.over));
}

/** What makes the difference where nothing but the time goes on. */
export function momentWords({ activeAtMs, evaluationMs }: Timeline): string {
  const [now, before] = [activeAtMs, activeAtMs - evaluationMs].map((ms) =>
    new Date(ms)
      .toUTCString()
      .replace(/^(\w+), (\d+) (\w+) \d+ (\S+?)(:00)? GMT$/, '$1 $2 $3 $4 UTC'),
  );
  return `it is ${now ?? ''}, not ${before ?? ''}`;
}

/** A series as people write it: metric and labels. */
export function seriesName({ metric, labels }: Pick<RecipeSeries, 'metric' | 'labels'>): string {
  return seriesText(metric, labels);
}

/** What it does over the limit, and not near it. */
function differenceWords(over: Shape, near: Shape): string {
  const [yes, no] = apart(over, near);
  return over.kind === near.kind && VERBS[over.kind] !== undefined
    ? `${VERBS[over.kind] ?? ''} ${yes}, not ${no}`
    : `${whole(over, yes)} (else it ${whole(near, no)})`;
}

const VERBS: Partial<Record<Shape['kind'], string>> = {
  value: 'is',
  line: 'goes by',
  clock: 'is',
  toggle: 'changes every',
  gaps: 'is',
};

function whole({ kind }: Shape, words: string): string {
  return `${VERBS[kind] ?? ''} ${words}`.trim();
}

/** Both shapes' words, with no more digits than tell them apart well. */
function apart(over: Shape, near: Shape): [string, string] {
  const [a, b] = [numberOf(over), numberOf(near)];
  const digits = a === undefined || b === undefined ? MOST_DIGITS : digitsFor(a, b);
  return [shapeWords(over, digits), shapeWords(near, digits)];
}

const LEAST_DIGITS = 3;
const MOST_DIGITS = 15;

function digitsFor(a: number, b: number): number {
  const gap = Math.abs(a - b) / 8;
  const isClear = (n: number): boolean =>
    [a, b].every((value) => Math.abs(Number(value.toPrecision(n)) - value) <= gap);
  const all = Array.from({ length: MOST_DIGITS - LEAST_DIGITS }, (_, i) => i + LEAST_DIGITS);
  return all.find(isClear) ?? MOST_DIGITS;
}

function numberOf(shape: Shape): number | undefined {
  if (shape.kind === 'value') return shape.value;
  if (shape.kind === 'line') return shape.perSecond;
  return shape.kind === 'clock' ? shape.offsetSeconds : undefined;
}

function shapeWords(shape: Shape, digits: number): string {
  const number = (value: number): string => plain(Number(value.toPrecision(digits)));
  switch (shape.kind) {
    case 'absent':
      return 'is not there';
    case 'silent':
      return 'is sampled no more';
    case 'value':
      return number(shape.value);
    case 'line':
      return `${number(shape.perSecond)} a second`;
    case 'toggle':
      return `${plain(shape.everySeconds)} s between ${shape.values.map(plain).join(' and ')}`;
    case 'gaps':
      return (
        `${plain(shape.value)}, there for ${number(shape.thereSeconds)} s ` +
        `and away for ${number(shape.awaySeconds)} s`
      );
    case 'clock':
      return shape.offsetSeconds <= 0
        ? `${number(-shape.offsetSeconds)} s ago`
        : `${number(shape.offsetSeconds)} s ahead`;
    case 'histogram':
      return shape.stands
        ? `has observed ${shape.perSecond.buckets.map(plain).join(', ')}`
        : `observes ${shape.perSecond.buckets.map(plain).join(', ')} a second`;
  }
}
