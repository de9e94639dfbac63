import type { PrometheusApi } from '../lib/prometheus-api.ts';
import { unlessRefused } from '../lib/refused-query.ts';
import type { GroupHealth } from '../model/evidence.ts';
import type { Series } from '../model/series.ts';
import { activeKeys, keyOf } from './alert-states.ts';
import { inFlightAt, withoutInFlight } from './in-flight.ts';
import type { Scrape } from './in-flight.ts';
import { evaluateAlert } from './evaluate.ts';
import { beforeLaterRules } from './order.ts';
import type { AlertingRule, ReplayGroup } from './rules.ts';

/**
 * Between the end of a scrape and the moment from which its samples are found, and between the
 * beginning of a group's evaluation and that of one of its rules, may lie this much on a busy
 * machine, ms.
 */
const SLACK_MS = 50;
/** Times of scrapes are told to the microsecond. */
const JUST_BEFORE_MS = 1e-3;

/** What a run's Prometheus evaluated in one group, and what it recorded of that. */
export interface Recorded {
  health: GroupHealth;
  /** The rules as they were in the run. */
  group: ReplayGroup;
  scrapes: Scrape[];
  /** Series of `ALERTS`. */
  states: Series[];
}

/**
 * Until when scrapes had to end to be seen by each evaluation of a group, epoch ms by the
 * evaluation's time. It is the clock at which the evaluation really began, where its Prometheus was
 * scraped soon enough to tell. Where it wasn't, or a scrape ended so close by that the clocks can't
 * say, the run's own states tell: of the moments that are possible, the nearest at which each of
 * the group's own rules gives what was recorded.
 */
export async function seenUntil(
  api: PrometheusApi,
  { health, group, scrapes, states }: Recorded,
  signal: AbortSignal,
): Promise<Map<number, number>> {
  const { evaluations, intervalMs } = health;
  const begun = await begunOf(api, health);
  const clockOf = (at: number): number | undefined =>
    begun.find((one) => one >= at && one < at + intervalMs);
  const seen = new Map(evaluations.map((at) => [at, clockOf(at) ?? at]));
  const rules = group.rules.filter((rule) => rule.kind === 'alert').filter(isPlain);
  const recorded = recordedKeys(states);
  const otherwise = new Set<number>();
  for (const rule of rules)
    for (const { at, results } of await evaluateAlert(
      api,
      rule,
      group,
      { evaluations, intervalMs, scrapes, seen, expressionAt: null },
      signal,
    ))
      if (!isAsRecorded(rule, at, results, recorded)) otherwise.add(at);
  for (const at of otherwise) {
    const clock = clockOf(at);
    const next = begun.find((one) => one > at) ?? at + 2 * intervalMs;
    const [from, to] = clock === undefined ? [at, next] : [clock - SLACK_MS, clock + SLACK_MS];
    const moments = momentsBetween(scrapes, at, from, to, seen.get(at) ?? at);
    const found = await firstOf(moments, (moment) =>
      allAsRecorded(api, rules, group, at, inFlightAt(scrapes, at, moment), recorded),
    );
    if (found !== undefined) seen.set(at, found);
  }
  return seen;
}

/**
 * The moments at which the scrapes that are seen change, just before and from the end of each on;
 * the nearest first.
 */
function momentsBetween(
  scrapes: Scrape[],
  at: number,
  from: number,
  to: number,
  likely: number,
): number[] {
  const ends = scrapes.filter((s) => s.from <= at && s.to > from && s.to < to).map((s) => s.to);
  return [...new Set(ends.flatMap((end) => [end - JUST_BEFORE_MS, end]))].sort(
    (a, b) => Math.abs(a - likely) - Math.abs(b - likely),
  );
}

async function firstOf(
  moments: number[],
  holds: (moment: number) => Promise<boolean>,
): Promise<number | undefined> {
  for (const moment of moments) if (await holds(moment)) return moment;
  return undefined;
}

/**
 * A rule whose active instances at one evaluation follow from that evaluation alone, under labels
 * that are known.
 */
function isPlain({ keepFiringForMs, labels }: AlertingRule): boolean {
  return keepFiringForMs === 0 && !Object.values(labels).some((value) => value.includes('{{'));
}

/** Whether each rule has at this time exactly the active instances that were recorded. */
async function allAsRecorded(
  api: PrometheusApi,
  rules: AlertingRule[],
  group: ReplayGroup,
  at: number,
  hidden: Scrape[],
  recorded: Map<string, Set<string>>,
): Promise<boolean> {
  for (const rule of rules) {
    const expr = withoutInFlight(beforeLaterRules(rule, group), hidden);
    const answer = await unlessRefused(api.instant(expr, at));
    const results = answer && answer.map(({ labels }) => labels);
    if (!isAsRecorded(rule, at, results, recorded)) return false;
  }
  return true;
}

/** Whether results make active what was recorded; of a query that was refused nothing is known. */
function isAsRecorded(
  rule: AlertingRule,
  at: number,
  results: Record<string, string>[] | null,
  recorded: Map<string, Set<string>>,
): boolean {
  if (results === null) return true;
  const keys = activeKeys(rule, results);
  const were = recorded.get(`${rule.name} ${at}`) ?? new Set();
  return keys.size === were.size && [...keys].every((key) => were.has(key));
}

/** The instances that were active, by the alert's name and the time. */
function recordedKeys(states: Series[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { labels: all, samples } of states) {
    if (all['__name__'] !== 'ALERTS') continue;
    const labels = Object.fromEntries(
      Object.entries(all).filter(([name]) => name !== '__name__' && name !== 'alertstate'),
    );
    for (const [at] of samples) {
      const key = `${labels['alertname'] ?? ''} ${at}`;
      found.set(key, (found.get(key) ?? new Set()).add(keyOf(labels)));
    }
  }
  return found;
}

/**
 * When a group's evaluations began by the clock, as its Prometheus has exported it; empty where
 * nobody scraped it.
 */
async function begunOf(
  api: PrometheusApi,
  {
    file,
    name,
    evaluations,
    intervalMs,
  }: Pick<GroupHealth, 'file' | 'name' | 'evaluations' | 'intervalMs'>,
): Promise<number[]> {
  const [first, last] = [evaluations[0] ?? 0, evaluations.at(-1) ?? 0];
  const group = JSON.stringify(`${file};${name}`);
  const series = await api.window(
    `prometheus_rule_group_last_evaluation_timestamp_seconds{rule_group=${group}}`,
    last - first + 2 * intervalMs,
    last + intervalMs,
  );
  return series
    .flatMap(({ samples }) => samples.map(([, seconds]) => seconds * 1000))
    .sort((a, b) => a - b);
}
