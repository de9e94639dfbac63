import type { PrometheusApi } from '../lib/prometheus-api.ts';
import { unlessRefused } from '../lib/refused-query.ts';
import type { Evaluation } from './alert-states.ts';
import { AT_ONCE } from './engine.ts';
import { inFlightAt, withoutInFlight } from './in-flight.ts';
import type { Scrape } from './in-flight.ts';
import { beforeLaterRules } from './order.ts';
import type { AlertingRule, ReplayGroup } from './rules.ts';

/** When a group was evaluated, and what was being scraped meanwhile. */
export interface Turns {
  /** Epoch ms, in their order. */
  evaluations: number[];
  intervalMs: number;
  scrapes: Scrape[];
  /** Until when a scrape had to end to be seen, by the evaluation's time; both epoch ms. */
  seen: Map<number, number>;
  /**
   * The expression at each time, where what the rule looks at isn't in the blocks; null: as it is
   * written.
   */
  expressionAt: ((at: number) => Promise<string>) | null;
}

/**
 * What a rule's expression gives at each of its group's evaluations: all in one query over the
 * grid, but for those at which a target that it looks at was just being scraped.
 */
export async function evaluateAlert(
  api: PrometheusApi,
  rule: AlertingRule,
  group: ReplayGroup,
  { evaluations, intervalMs, scrapes, seen, expressionAt }: Turns,
  signal: AbortSignal,
): Promise<Evaluation[]> {
  if (expressionAt) return eachAtItsTime(api, evaluations, expressionAt, signal);
  const expr = beforeLaterRules(rule, group);
  const alone = new Map<number, string>();
  for (const at of evaluations) {
    const hidden = withoutInFlight(expr, inFlightAt(scrapes, at, seen.get(at)));
    if (hidden !== expr) alone.set(at, hidden);
  }
  const together = await onGrid(api, expr, evaluations, intervalMs);
  // One bad moment fails the whole query; then each is asked by itself.
  if (!together) for (const at of evaluations) alone.set(at, alone.get(at) ?? expr);
  const asked = await eachAtOnce([...alone], signal, async ([at, query]) => {
    return [at, await resultsAt(api, query, at)] as const;
  });
  const single = new Map(asked);
  return evaluations.map((at) => {
    const own = single.get(at);
    return { at, results: own === undefined ? (together?.get(at) ?? []) : own };
  });
}

/** The same with an expression of its own for each time. */
async function eachAtItsTime(
  api: PrometheusApi,
  evaluations: number[],
  expressionAt: (at: number) => Promise<string>,
  signal: AbortSignal,
): Promise<Evaluation[]> {
  return eachAtOnce(evaluations, signal, async (at) => ({
    at,
    results: await resultsAt(api, await expressionAt(at), at),
  }));
}

/** The labels of each result; null: Prometheus refused the query. */
async function resultsAt(
  api: PrometheusApi,
  query: string,
  at: number,
): Promise<Evaluation['results']> {
  const answer = await unlessRefused(api.instant(query, at));
  return answer && answer.map(({ labels }) => labels);
}

/** The results at each time of the grid that has any; undefined when the query was refused. */
async function onGrid(
  api: PrometheusApi,
  expr: string,
  evaluations: number[],
  intervalMs: number,
): Promise<Map<number, Record<string, string>[]> | undefined> {
  const [first, last] = [evaluations[0], evaluations.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  const series = await unlessRefused(api.range(expr, first, last, intervalMs));
  if (series === null) return undefined;
  const found = new Map<number, Record<string, string>[]>();
  for (const { labels, samples } of series)
    for (const [at] of samples) found.set(at, [...(found.get(at) ?? []), labels]);
  return found;
}

/** Does something with each, a few at once. */
async function eachAtOnce<T, R>(
  items: T[],
  signal: AbortSignal,
  act: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let i = 0; i < items.length; i += AT_ONCE) {
    signal.throwIfAborted();
    results.push(...(await Promise.all(items.slice(i, i + AT_ONCE).map(act))));
  }
  return results;
}
