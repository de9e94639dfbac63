import type { Sample, Scrape } from '../model/exposition.ts';

const NAME = /^[a-zA-Z_:][\w:]*/;
/** A label with its value, its name in quotes or not; or a metric's name, in quotes alone. */
const PAIR =
  /^\s*(?:([a-zA-Z_]\w*)|"((?:[^"\\]|\\.)*)")\s*(?:=\s*"((?:[^"\\]|\\.)*)"\s*)?(?:,|(?=\}))/;
const TYPE = /^#\s*TYPE\s+(?:"((?:[^"\\]|\\.)*)"|(\S+))\s+(\w+)$/;
const EXEMPLAR = /[ \t]#[ \t]*(?=\{)/;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** When a sample was created, as OpenMetrics may say behind its value. */
const CREATED = /^[cs]t@/;

/**
 * The samples of a /metrics text (prometheus.io/docs, "Exposition formats"; OpenMetrics as far as
 * it agrees). Lines that are neither sample nor comment are counted, not guessed at: those that
 * Prometheus refuses a scrape for (its `model/textparse`).
 */
export function readExposition(text: string): Omit<Scrape, 'contentType'> {
  const types: Record<string, string> = {};
  const samples: Sample[] = [];
  let unread = 0;
  for (const line of text.split('\n').map((one) => one.trim())) {
    const [, quoted, plain, type] = TYPE.exec(line) ?? [];
    const family = quoted === undefined ? plain : unescaped(quoted);
    if (family !== undefined) types[family] = type ?? '';
    if (line === '' || line.startsWith('#')) continue;
    const sample = readSample(line);
    if (sample) samples.push(sample);
    else unread++;
  }
  return { types, samples, unread };
}

function readSample(line: string): Sample | undefined {
  const bare = NAME.exec(line)?.[0];
  const read = readLabels(line.slice(bare?.length ?? 0).trimStart());
  if (!read || (bare === undefined) === (read.name === undefined)) return undefined;
  const value = valueOf(read.after);
  const name = bare ?? read.name ?? '';
  return value === undefined ? undefined : { name, labels: read.labels, value };
}

interface Braces {
  /** The metric's name, where it stands among the labels. */
  name?: string;
  labels: Record<string, string>;
  after: string;
}

/** `{a="b",…}` and what follows; undefined when it isn't closed. */
function readLabels(text: string): Braces | undefined {
  const read: Braces = { labels: {}, after: text };
  if (!text.startsWith('{')) return read;
  let at = 1;
  for (let pair = PAIR.exec(text.slice(at)); pair; pair = PAIR.exec(text.slice(at))) {
    const [all, plain, quoted, value] = pair;
    const key = plain ?? unescaped(quoted ?? '');
    if (value !== undefined) read.labels[key] = unescaped(value);
    else if (plain !== undefined || read.name !== undefined) return undefined;
    else read.name = key;
    at += all.length;
  }
  const close = /^\s*\}/.exec(text.slice(at));
  return close ? { ...read, after: text.slice(at + close[0].length) } : undefined;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_all, c: string) => (c === 'n' ? '\n' : c));
}

/** The value behind a sample's labels; undefined when more follows than may. */
function valueOf(text: string): number | undefined {
  const at = text.search(EXEMPLAR);
  if (at < 0) return timedValue(text);
  const exemplar = readLabels(text.slice(at).replace(EXEMPLAR, ''));
  return exemplar && timedValue(exemplar.after) !== undefined
    ? timedValue(text.slice(0, at))
    : undefined;
}

/** A value, and what may follow it: a timestamp, and when it was created. */
function timedValue(text: string): number | undefined {
  const [value = '', ...times] = text.trim().split(/[ \t]+/);
  const stamps = times.filter((time, i) => i < times.length - 1 || !CREATED.test(time));
  const isTime = (time: string): boolean => DECIMAL.test(time.replace(CREATED, ''));
  return stamps.length <= 1 && stamps.every((time) => DECIMAL.test(time)) && times.every(isTime)
    ? numberOf(value)
    : undefined;
}

/** As Prometheus reads numbers: Go's, without hexadecimal ones and underscores. */
function numberOf(text: string): number | undefined {
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(text);
  if (infinite) return infinite[1] === '-' ? -Infinity : Infinity;
  if (/^nan$/i.test(text)) return NaN;
  const number = DECIMAL.test(text) ? Number(text) : NaN;
  return Number.isFinite(number) ? number : undefined;
}
