import { exactNumber } from '../lib/plain-number.ts';

/** A histogram, which has spaces in it, or anything else that one place or several have. */
const PART = /\{\{.*?\}\}|\S+/g;
const LEFT_OUT = /^_(?:x(?<count>\d+))?$/;
/** `1+2x3`, a number and what is added to it so often. */
const RUN = /^(?<from>[+-]?[\d.]+)(?<by>[+-][\d.]+)x(?<count>\d+)$/;

/**
 * A series in promtool's notation at every so many places of a finer grid: promtool has one
 * interval for all series, and jobs are scraped at their own.
 */
export function spreadNotation(text: string, every: number): string {
  if (every === 1) return text;
  const gap = ` _x${every - 1}`;
  return (text.match(PART) ?? [])
    .map((part) => {
      const leftOut = LEFT_OUT.exec(part);
      if (leftOut) return `_x${Number(leftOut.groups?.['count'] ?? 1) * every}`;
      return valuesOf(part)
        .map((value) => `${value}${gap}`)
        .join(' ');
    })
    .join(' ');
}

/** All values of a run, added up as promtool does it; else the one that there is. */
function valuesOf(part: string): string[] {
  const { from, by, count } = RUN.exec(part)?.groups ?? {};
  if (from === undefined) return [part];
  let value = Number(from);
  return Array.from({ length: Number(count) + 1 }, (_, i) => {
    if (i > 0) value += Number(by);
    return i === 0 ? from : exactNumber(value);
  });
}
