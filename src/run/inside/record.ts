import { messageOf } from '../../lib/errors.ts';
import type { Evidence, Series } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import { readGroups } from './evaluations.ts';
import type { Away } from './evaluations.ts';
import { askPanels } from './panels.ts';
import type { PrometheusApi } from '../../lib/prometheus-api.ts';

/** Series whose raw samples say when which state began. */
const STATES = ['ALERTS', 'ALERTS_FOR_STATE', 'up', 'scrape_duration_seconds'];
const OF_A_HISTOGRAM = ['_bucket', '_count', '_sum'];

/** What Prometheus has stored about the run, as far as the verdicts need it. Failed queries are kept as such. */
export async function recordPrometheus(
  prometheus: PrometheusApi,
  plan: Plan,
  fromMs: number,
  t0: number | null,
  away: Away[] = [],
): Promise<
  Pick<
    Evidence,
    | 'series'
    | 'expressions'
    | 'groups'
    | 'metrics'
    | 'metadata'
    | 'answers'
    | 'panels'
    | 'variables'
    | 'queryErrors'
  >
> {
  const queryErrors: Evidence['queryErrors'] = [];
  const ask = async <T>(query: string, call: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      queryErrors.push({ query, error: messageOf(error) });
      return otherwise;
    }
  };
  const none: Series[] = [];
  const series = await Promise.all(
    STATES.map((name) => ask(name, () => prometheus.raw(name, fromMs), none)),
  );
  const expressions = await Promise.all(
    plan.alerts.map(async (alert) => {
      const rule = plan.rules[alert.alert];
      return [
        alert.alert,
        rule
          ? await ask(
              rule.valueExpr,
              () => prometheus.range(rule.valueExpr, fromMs, Date.now(), alert.timing.evaluationMs),
              none,
            )
          : none,
      ] as const;
    }),
  );
  const names = plan.metrics.flatMap(({ name, type }) =>
    type === 'histogram' ? OF_A_HISTOGRAM.map((suffix) => `${name}${suffix}`) : [name],
  );
  const [metrics, metadata] = await Promise.all([
    Promise.all(names.map((name) => ask(name, () => prometheus.raw(name, fromMs), none))),
    ask('metadata', () => prometheus.metadata(), []),
  ]);
  const answers: Evidence['answers'] = {};
  await Promise.all(
    plan.questions.map(async ({ id, query, atMs }) => {
      const answer =
        t0 === null ? null : await ask(query, () => prometheus.instant(query, t0 + atMs), null);
      if (answer) answers[id] = answer;
    }),
  );
  const shown = t0 === null ? { panels: {}, variables: {} } : await askPanels(prometheus, plan, t0);
  const groups = await ask('rules', () => readGroups(prometheus, fromMs, away), []);
  return {
    series: series.flat(),
    expressions: Object.fromEntries(expressions),
    groups,
    metrics: metrics.flat(),
    metadata,
    answers,
    ...shown,
    queryErrors,
  };
}
