import { messageOf } from '../../lib/errors.ts';
import type { Evidence, Series } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import type { PrometheusApi } from './prometheus-api.ts';

/** Series whose raw samples say when which state began. */
const STATES = ['ALERTS', 'ALERTS_FOR_STATE', 'up'];

/** What Prometheus has stored about the run, as far as the verdicts need it. Failed queries are kept as such. */
export async function recordPrometheus(prometheus: PrometheusApi, plan: Plan, fromMs: number): Promise<Pick<Evidence, 'series' | 'expressions' | 'groups' | 'queryErrors'>> {
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
  const series = await Promise.all(STATES.map((name) => ask(name, () => prometheus.raw(name, fromMs), none)));
  const expressions = await Promise.all(
    plan.alerts.map(async (alert) => {
      const rule = plan.rules[alert.alert];
      return [alert.alert, rule ? await ask(rule.valueExpr, () => prometheus.range(rule.valueExpr, fromMs, Date.now(), alert.timing.evaluationMs), none) : none] as const;
    }),
  );
  const groups = await ask('rules', () => prometheus.groups(), []);
  return { series: series.flat(), expressions: Object.fromEntries(expressions), groups, queryErrors };
}
