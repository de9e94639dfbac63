import type { Sample, Scrape } from '../model/exposition.ts';

const NAME = /^[a-zA-Z_:][\w:]*/;
const PAIR = /^\s*([a-zA-Z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(,|(?=\}))/;
const TYPE = /^#\s*TYPE\s+(\S+)\s+(\w+)$/;

/**
 * The samples of a /metrics text (prometheus.io/docs, "Exposition formats"; OpenMetrics as far as
 * it agrees). Lines that are neither sample nor comment are counted, not guessed at.
 */
export function readExposition(text: string): Omit<Scrape, 'contentType'> {
  const types: Record<string, string> = {};
  const samples: Sample[] = [];
  let unread = 0;
  for (const line of text.split('\n').map((one) => one.trim())) {
    const type = TYPE.exec(line);
    if (type?.[1] !== undefined) types[type[1]] = type[2] ?? '';
    if (line === '' || line.startsWith('#')) continue;
    const sample = readSample(line);
    if (sample) samples.push(sample);
    else unread++;
  }
  return { types, samples, unread };
}

function readSample(line: string): Sample | undefined {
  const name = NAME.exec(line)?.[0];
  if (name === undefined) return undefined;
  const read = readLabels(line.slice(name.length).trimStart());
  const value = read && numberOf(read.after.trim().split(/\s+/)[0] ?? '');
  return read && value !== undefined ? { name, labels: read.labels, value } : undefined;
}

/** `{a="b",…}` and what follows; undefined when it isn't closed. */
function readLabels(text: string): { labels: Record<string, string>; after: string } | undefined {
  const labels: Record<string, string> = {};
  if (!text.startsWith('{')) return { labels, after: text };
  let at = 1;
  for (let pair = PAIR.exec(text.slice(at)); pair; pair = PAIR.exec(text.slice(at))) {
    labels[pair[1] ?? ''] = unescaped(pair[2] ?? '');
    at += pair[0].length;
  }
  const close = /^\s*\}/.exec(text.slice(at));
  return close ? { labels, after: text.slice(at + close[0].length) } : undefined;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_all, c: string) => (c === 'n' ? '\n' : c));
}

function numberOf(text: string): number | undefined {
  const infinite = /^([+-]?)inf$/i.exec(text);
  if (infinite) return infinite[1] === '-' ? -Infinity : Infinity;
  if (/^nan$/i.test(text)) return NaN;
  return /^[-+]?(\d|\.\d)/.test(text) ? Number(text) : undefined;
}
