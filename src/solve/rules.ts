import { USUAL_SCRAPE_MS } from '../model/prometheus-defaults.ts';
import type { AlertRef } from '../model/recipe.ts';
import type { Expr } from '../promql/ast.ts';
import type { Stack } from '../stack/index.ts';
import { lostLabels } from '../stack/lost-labels.ts';
import type { LostLabels } from '../stack/lost-labels.ts';
import { receivesSeries } from '../stack/prometheus-flags.ts';
import { queryOffsetOf } from '../stack/query-offset.ts';
import type { Rule } from '../stack/rules.ts';
import { askedIn } from '../stack/victoria-metrics.ts';

/** A rule as far as solving it needs. Durations are ms. */
export interface SolveRule {
  kind: 'alert' | 'record';
  ref: AlertRef;
  text: string;
  /** Undefined when it is no PromQL. */
  expr: Expr | undefined;
  /** Why it is none, or isn't read. */
  problem: string | undefined;
  /** What it is written in where that isn't PromQL, but vmalert's to read. */
  foreign: string | undefined;
  forMs: number;
  keepFiringMs: number;
  evaluationMs: number;
  /** How far back its group looks: so far ahead of that there are samples. */
  queryOffsetMs: number;
  /**
   * How often anything is scraped at most; undefined where the stack scrapes nothing itself, where
   * not all of its jobs can be read, and where series come that nobody scrapes.
   */
  scrapedEveryMs: number | undefined;
  /** What the series of its stack's jobs may have lost of the labels of their targets. */
  lostLabels: readonly LostLabels[];
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/** What is to be solved. */
export interface Problem {
  rules: SolveRule[];
  /** How often targets are scraped. */
  scrapeMs: number;
}

/** As Prometheus does where nothing is configured (config/config.go, `DefaultGlobalConfig`). */
const DEFAULT_EVALUATION_MS = 60_000;

/** The rules of a stack, in its own order. */
export function problemOf(stack: Stack): Problem {
  const intervals = stack.prometheus.flatMap(({ jobs }) => jobs.map((job) => job.intervalMs));
  const shortestMs = intervals.length > 0 ? Math.min(...intervals) : undefined;
  const usual = stack.prometheus[0]?.scrapeIntervalMs ?? USUAL_SCRAPE_MS;
  // What each job says for itself is the stack's interval, and not what none of them uses.
  const isOwn = shortestMs !== undefined && !intervals.includes(usual);
  const isAll = stack.prometheus.every((one) => one.allJobsRead) && !receivesSeries(stack);
  const scrapedEveryMs = isAll ? shortestMs : undefined;
  const lost = lostLabels(stack);
  return {
    scrapeMs: isOwn ? shortestMs : usual,
    rules: stack.rules.map((rule, index) => ({
      ...ruleOf(rule, index),
      queryOffsetMs: queryOffsetOf(rule.group, rule.group.prometheus ?? stack.prometheus[0]),
      scrapedEveryMs,
      lostLabels: lost,
    })),
  };
}

function ruleOf(
  rule: Rule,
  index: number,
): Omit<SolveRule, 'queryOffsetMs' | 'scrapedEveryMs' | 'lostLabels'> {
  const { file, from } = rule.value.get(rule.kind).place;
  const texts = (map: Rule['labels']): Record<string, string> =>
    Object.fromEntries([...map].map(([key, { text }]) => [key, text]));
  return {
    kind: rule.kind,
    ref: {
      file: rule.group.file.path,
      line: file.position(from).line,
      group: rule.group.name,
      name: rule.name,
      index,
    },
    text: rule.expression.text,
    expr: rule.expression.expr,
    problem: rule.expression.error?.message,
    foreign: rule.expression.isForeign ? askedIn(rule.group.value) : undefined,
    forMs: rule.forMs ?? 0,
    keepFiringMs: rule.keepFiringForMs ?? 0,
    evaluationMs: rule.group.evaluationMs ?? DEFAULT_EVALUATION_MS,
    labels: texts(rule.labels),
    annotations: texts(rule.annotations),
  };
}
