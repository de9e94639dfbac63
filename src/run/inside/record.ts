import { messageOf } from '../../lib/errors.ts';
import { Refused } from '../../lib/http.ts';
import { GROUPS_QUERY, STATE_QUERIES } from '../../model/evidence.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Series } from '../../model/series.ts';
import type { Plan } from '../../model/plan.ts';
import { readGroups } from './evaluations.ts';
import type { Away } from './evaluations.ts';
import { askPanels } from './panels.ts';
import type { PrometheusApi } from '../../lib/prometheus-api.ts';

/** Prometheus's answer to an expression that can't be evaluated. */
const UNPROCESSABLE = 422;
const OF_A_HISTOGRAM = ['_bucket', '_count', '_sum'];

/** The part of the evidence that Prometheus has. */
export type Recorded = Pick<
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
>;

/**
 * Has a question answered; one that fails is kept as such, and `otherwise` stands for its answer.
 */
type Ask = <T>(query: string, call: () => Promise<T>, otherwise: T) => Promise<T>;

/** What of a run is asked for. */
export interface Stretch {
  /** Epoch ms. */
  fromMs: number;
  /** Epoch ms: what has later times is left out, for the clock was stepped. Undefined: now. */
  toMs: number | undefined;
  /** Epoch ms; null: the run never got there. */
  t0: number | null;
  /** When Prometheus didn't run. */
  away?: Away[];
}

/**
 * What Prometheus has stored about the run, as far as the verdicts need it. Failed queries are kept
 * as such.
 */
export async function recordPrometheus(
  prometheus: PrometheusApi,
  plan: Plan,
  { fromMs, toMs, t0, away = [] }: Stretch,
): Promise<Recorded> {
  const queryErrors: Evidence['queryErrors'] = [];
  const ask: Ask = async (query, call, otherwise) => {
    try {
      return await call();
    } catch (error) {
      const refused = error instanceof Refused && error.status === UNPROCESSABLE;
      queryErrors.push({ query, error: messageOf(error), ...(refused ? { refused } : {}) });
      return otherwise;
    }
  };
  const raw = async (names: string[]): Promise<Series[]> => {
    const none: Series[] = [];
    const all = names.map((name) => ask(name, () => prometheus.raw(name, fromMs, toMs), none));
    return (await Promise.all(all)).flat();
  };
  const expressions = await valuesOfAlerts(prometheus, plan, { fromMs, toMs }, ask);
  const [metrics, metadata] = await Promise.all([
    raw(seriesNames(plan)),
    ask('metadata', () => prometheus.metadata(), []),
  ]);
  const answers = t0 === null ? {} : await answersTo(prometheus, plan, t0, ask);
  const shown = t0 === null ? { panels: {}, variables: {} } : await askPanels(prometheus, plan, t0);
  const groups = await ask(GROUPS_QUERY, () => readGroups(prometheus, { fromMs, toMs }, away), []);
  // After the groups: what each of their evaluations wrote is among it. And after all that looks at
  // one moment: of that too it has to be known who was scraped.
  const series = await raw(STATE_QUERIES);
  return { series, expressions, groups, metrics, metadata, answers, ...shown, queryErrors };
}

/**
 * Adds to the evidence of a run that ended early what Prometheus knows. What was recorded already
 * stays, unless the clock may have been stepped meanwhile and Prometheus can be asked once more.
 * @param steppedAt epoch ms; undefined: the clock went on as it should
 */
export async function recordInterrupted(
  prometheus: PrometheusApi,
  plan: Plan,
  evidence: Recorded & Pick<Evidence, 'startedAt' | 't0'>,
  steppedAt: number | undefined,
): Promise<void> {
  const isRecorded = evidence.series.length > 0;
  if (isRecorded && steppedAt === undefined) return;
  const { startedAt: fromMs, t0 } = evidence;
  const recorded = await recordPrometheus(prometheus, plan, { fromMs, toMs: steppedAt, t0 });
  // A run stops its Prometheus too: what that said before is all there is.
  if (!isRecorded || recorded.series.length > 0) Object.assign(evidence, recorded);
}

/** Under which names the plan's metrics are stored. */
function seriesNames({ metrics }: Plan): string[] {
  return metrics.flatMap(({ name, type }) =>
    type === 'histogram' ? OF_A_HISTOGRAM.map((suffix) => `${name}${suffix}`) : [name],
  );
}

/** What each alert's expression was at every evaluation, without its comparison. */
async function valuesOfAlerts(
  prometheus: PrometheusApi,
  { alerts, rules }: Plan,
  { fromMs, toMs }: Pick<Stretch, 'fromMs' | 'toMs'>,
  ask: Ask,
): Promise<Evidence['expressions']> {
  const now = Date.now();
  const values = alerts.map(async ({ alert, timing }) => {
    const none: Series[] = [];
    const expr = rules[alert]?.valueExpr;
    const range = (query: string): Promise<Series[]> =>
      ask(query, () => prometheus.range(query, fromMs, toMs ?? now, timing.evaluationMs), none);
    return [alert, expr === undefined ? none : await range(expr)] as const;
  });
  return Object.fromEntries(await Promise.all(values));
}

/** The plan's questions that were answered. */
async function answersTo(
  prometheus: PrometheusApi,
  { questions }: Plan,
  t0: number,
  ask: Ask,
): Promise<Evidence['answers']> {
  const answers: Evidence['answers'] = {};
  await Promise.all(
    questions.map(async ({ id, query, atMs }) => {
      const answer = await ask(query, () => prometheus.instant(query, t0 + atMs), null);
      if (answer) answers[id] = answer;
    }),
  );
  return answers;
}
