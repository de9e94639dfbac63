import { readExposition } from '../lib/exposition.ts';
import { get } from '../lib/http.ts';
import { storedBound } from '../lib/open-metrics-number.ts';
import { seriesText } from '../lib/series-text.ts';
import type { Sample } from '../model/exposition.ts';

/** Longer than any scrape of a sped-up world waits, ms. */
const TIMEOUT_MS = 10_000;

/**
 * What a real component tells, and over it what a plan gives to its target: of a series that both
 * have, the plan's alone.
 * @param own the plan's series at this moment, in the text format
 * @throws when the component doesn't answer
 */
export async function realText(url: string, own: string): Promise<string> {
  const told = await get(url, TIMEOUT_MS);
  const over = readExposition(own).samples;
  return over.length === 0 ? told : `${withoutThose(told, over)}${own}`;
}

function withoutThose(text: string, samples: Sample[]): string {
  const keys = new Set(samples.map(keyOf));
  const names = new Set(samples.map(({ name }) => name));
  const isOver = (line: string): boolean => {
    // A name that needs quotes stands among the labels.
    if (!line.startsWith('{') && !names.has(/^[\w:]*/.exec(line)?.[0] ?? '')) return false;
    return readExposition(line).samples.some((sample) => keys.has(keyOf(sample)));
  };
  return text
    .split('\n')
    .filter((line) => !isOver(line))
    .join('\n');
}

/** The same text for what becomes the same series: `le="1"` and `le="1.0"` are one bucket. */
function keyOf({ name, labels }: Sample): string {
  const { le } = labels;
  const stored = le === undefined ? labels : { ...labels, le: storedBound(le) };
  const sorted = Object.entries(stored).sort(([a], [b]) => (a < b ? -1 : 1));
  return seriesText(name, Object.fromEntries(sorted));
}
