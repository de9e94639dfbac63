import { escapeRegex } from '../lib/escape-regex.ts';
import type { Series } from '../model/series.ts';
import { eachExpr } from '../promql/ast.ts';
import type { Expr, Selector } from '../promql/ast.ts';
import { passes } from '../promql/matchers.ts';
import { parseExpr } from '../promql/parse.ts';

/** A scrape: its samples carry its beginning, and can be seen from its end on. */
export interface Scrape {
  job: string;
  instance: string;
  from: number;
  to: number;
}

/**
 * Every scrape that was recorded, by the samples of `up` and `scrape_duration_seconds`; in the
 * order of time.
 */
export function scrapesIn(series: Series[]): Scrape[] {
  const keyOf = ({ labels }: Series): string => JSON.stringify([labels['job'], labels['instance']]);
  const durations = new Map(
    series
      .filter(({ labels }) => labels['__name__'] === 'scrape_duration_seconds')
      .map((s) => [keyOf(s), new Map(s.samples)]),
  );
  return series
    .filter(({ labels }) => labels['__name__'] === 'up')
    .flatMap((up) => {
      const { job = '', instance = '' } = up.labels;
      const lasted = durations.get(keyOf(up));
      return up.samples.map(([from]) => ({
        job,
        instance,
        from,
        to: from + (lasted?.get(from) ?? 0) * 1000,
      }));
    })
    .sort((a, b) => a.from - b.from);
}

/**
 * Scrapes whose samples an evaluation would find by their time, and that hadn't ended when it
 * began.
 * @param at the time for which it was made
 * @param begunAt the clock when it really began, a little later
 */
export function inFlightAt(scrapes: Scrape[], at: number, begunAt = at): Scrape[] {
  return scrapes.filter(({ from, to }) => from <= at && begunAt < to);
}

/**
 * An expression that sees of the targets of these scrapes only what was there before them. Ranges
 * need no change: a scrape that fails leaves stale markers, which they pass over.
 * @returns the expression itself when none of its selectors can name such a target
 */
export function withoutInFlight(text: string, scrapes: Scrape[]): string {
  const parsed = parseExpr(text);
  if (!('expr' in parsed)) return text;
  const edits: { from: number; to: number; text: string }[] = [];
  eachExpr(parsed.expr, (part, within) => {
    if (part.type !== 'selector' || !looksAtNow(within)) return;
    const hidden = scrapes.filter((scrape) => mayName(part, scrape));
    if (hidden.length === 0) return;
    const { from, to } = part;
    edits.push({ from, to, text: beforeScrapes(text.slice(from, to), hidden) });
  });
  return edits
    .sort((a, b) => b.from - a.from)
    .reduce((out, edit) => out.slice(0, edit.from) + edit.text + out.slice(edit.to), text);
}

/** Whether a selector in these expressions is looked up for the time of the evaluation. */
function looksAtNow(within: readonly Expr[]): boolean {
  return !within.some((e) => e.type === 'range' || e.type === 'modified');
}

function mayName({ matchers }: Selector, { job, instance }: Scrape): boolean {
  const target: Record<string, string> = { job, instance };
  return matchers.every((m) => {
    const value = target[m.label];
    return value === undefined || passes(m, value) !== false;
  });
}

/** The selector for all other targets, and for each of these as it was before its scrape. */
function beforeScrapes(selector: string, scrapes: Scrape[]): string {
  const instances = [...new Set(scrapes.map(({ instance }) => instance))];
  const pattern = (values: string[]): string => JSON.stringify(values.map(escapeRegex).join('|'));
  const others = instances.map((instance) => {
    const jobs = scrapes.filter((s) => s.instance === instance).map(({ job }) => job);
    return narrowed(selector, `instance=${JSON.stringify(instance)},job!~${pattern(jobs)}`);
  });
  const before = scrapes.map(({ job, instance, from }) => {
    const own = `instance=${JSON.stringify(instance)},job=${JSON.stringify(job)}`;
    return `${narrowed(selector, own)} @ ${((from - 1) / 1000).toFixed(3)}`;
  });
  const rest = narrowed(selector, `instance!~${pattern(instances)}`);
  return `(${[rest, ...others, ...before].join(' or ')})`;
}

/** A selector with matchers more. */
function narrowed(selector: string, matchers: string): string {
  const close = selector.lastIndexOf('}');
  if (close < 0) return `${selector}{${matchers}}`;
  const inner = selector.slice(0, close).trimEnd();
  const comma = inner.endsWith('{') || inner.endsWith(',') ? '' : ',';
  return `${inner}${comma}${matchers}}`;
}
