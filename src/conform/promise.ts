import { HarnessError } from '../lib/errors.ts';
import type { HistogramLimit, ServiceMetric, ServicePromise } from '../model/conform.ts';
import { eachExpr, selectors } from '../promql/ast.ts';
import type { Expr } from '../promql/ast.ts';
import { limitOf } from '../promql/limit.ts';
import type { Stack } from '../stack/index.ts';
import { placeText } from '../stack/place-text.ts';
import type { Rule } from '../stack/rules.ts';

/**
 * What a stack's contract promises of one job's service.
 * @throws HarnessError when there is no contract, or the job exports nothing by it
 */
export function servicePromise(stack: Stack, job: string): ServicePromise {
  const { contract } = stack;
  if (!contract)
    throw new HarnessError(
      'the folder has no contract.yaml',
      'A service is held against the metrics of a contract: name a stack that has one.',
    );
  const own = contract.metrics.filter(({ jobs }) => jobs.includes(job));
  if (own.length === 0)
    throw new HarnessError(
      `no metric of the contract belongs to the job ${job}`,
      `Jobs with metrics: ${[...new Set(contract.metrics.flatMap(({ jobs }) => jobs))].join(', ')}.`,
    );
  const metrics = own.map(({ name, type, labels }): ServiceMetric => {
    const value = contract.root.at('metrics', name);
    return {
      name,
      type: type ?? 'gauge',
      labels: labels ?? [],
      series: value.get('series').number() ?? 1,
      where: placeText(value.place),
    };
  });
  return {
    job,
    metrics,
    foreign: contract.metrics.filter(({ jobs }) => !jobs.includes(job)).map(({ name }) => name),
    limits: stack.rules.flatMap(limitsOf),
  };
}

/** What an alert compares a quantile of a classic histogram with. */
function limitsOf(rule: Rule): HistogramLimit[] {
  const { expr, text } = rule.expression;
  const limit = rule.kind === 'alert' ? limitOf(text) : undefined;
  if (!expr || !limit) return [];
  return quantiles(expr).map((metric) => ({
    metric,
    alert: rule.name,
    limit: limit.value,
    where: placeText(rule.value.head),
  }));
}

/** The histograms that an expression asks a quantile of. */
function quantiles(expr: Expr): string[] {
  const found = new Set<string>();
  eachExpr(expr, (part) => {
    if (part.type !== 'call' || part.name !== 'histogram_quantile') return;
    for (const { name } of selectors(part))
      if (name?.endsWith('_bucket')) found.add(name.slice(0, -'_bucket'.length));
  });
  return [...found];
}
