import { messageOf } from '../../../lib/errors.ts';
import type { Series } from '../../../model/series.ts';
import type { GrafanaAnswer, GrafanaEvidence } from '../../../model/grafana-evidence.ts';
import type { PanelPlan } from '../../../model/dashboard-plan.ts';
import type { Plan } from '../../../model/plan.ts';
import { filled, openedChoice } from '../panels.ts';
import type { Choice } from '../panels.ts';
import type { PrometheusApi } from '../../../lib/prometheus-api.ts';
import { SilentSource } from './queries.ts';
import type { GrafanaApi } from './api.ts';
import { seriesOf } from './frames.ts';

/** A browser asks for some panels at a time. */
const AT_ONCE = 6;

/** Asks Grafana everything that it is judged by. What fails is put among the query errors. */
export async function askGrafana(
  grafana: GrafanaApi,
  prometheus: PrometheusApi,
  plan: Plan,
  t0: number,
): Promise<GrafanaEvidence> {
  const queryErrors: GrafanaEvidence['queryErrors'] = [];
  const ask = async <T>(what: string, call: () => Promise<T>): Promise<T | null> => {
    try {
      return await call();
    } catch (error) {
      queryErrors.push({ query: what, error: messageOf(error) });
      return null;
    }
  };
  const [health, sources, rules] = await Promise.all([
    ask('health', () => grafana.health()),
    ask('data sources', () => grafana.dataSources()),
    ask('alert rules', () => grafana.rules()),
  ]);
  const dataSources =
    sources &&
    (await Promise.all(
      sources.map(async (source) => ({
        ...source,
        health: await ask(`health of ${source.name}`, () => grafana.dataSourceHealth(source.uid)),
      })),
    ));
  const dashboards: GrafanaEvidence['dashboards'] = {};
  for (const { uid, title } of plan.dashboards)
    await ask(
      `dashboard ${title}`,
      async () => void (dashboards[uid] = await grafana.dashboard(uid)),
    );
  const { opened } = await openedChoice(prometheus, plan);
  const window = windowOf(plan, t0, Date.now());
  const panels: GrafanaEvidence['panels'] = {};
  const left = [...plan.panels];
  const worker = async (): Promise<void> => {
    for (let panel = left.shift(); panel; panel = left.shift()) {
      const asked = panel;
      await ask(
        `panel ${asked.id}`,
        async () =>
          void Object.assign(panels, await answersOf(grafana, prometheus, asked, opened, window)),
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { health, dataSources, dashboards, panels, rules, looks: null, queryErrors };
}

/**
 * The time that is asked for: from T0 to a moment from which on nothing is written any more. What
 * was scraped or evaluated just now may be there for one question and not for the next.
 */
export function windowOf(
  plan: Pick<Plan, 'jobs' | 'alerts'>,
  t0: number,
  now: number,
): { fromMs: number; toMs: number } {
  const still =
    2 *
    Math.max(
      0,
      ...plan.jobs.map((job) => job.scrapeMs),
      ...plan.alerts.map((alert) => alert.timing.evaluationMs),
    );
  return { fromMs: t0, toMs: Math.max(t0, now - still) };
}

/**
 * What Grafana answers to a panel's queries, each beside what Prometheus answers for the times that
 * Grafana chose.
 */
async function answersOf(
  grafana: GrafanaApi,
  prometheus: PrometheusApi,
  panel: PanelPlan,
  opened: Choice,
  window: { fromMs: number; toMs: number },
): Promise<GrafanaEvidence['panels']> {
  const queries = panel.queries.flatMap(
    ({ refId, runExpr, problem, dataSource, instant, stepMs }) =>
      problem === null
        ? [{ refId, expr: filled(runExpr, opened), dataSource, instant, stepMs: Math.ceil(stepMs) }]
        : [],
  );
  if (queries.length === 0) return {};
  const steps = Math.max(...queries.map(({ stepMs }) => stepMs));
  // Grafana puts both ends on the step's grid; there they are already.
  const [fromMs, toMs] = [
    Math.floor(window.fromMs / steps) * steps,
    Math.floor(window.toMs / steps) * steps,
  ];
  const results = await grafana.query(queries, fromMs, toMs).catch((error: unknown) => {
    if (error instanceof SilentSource) return error;
    throw error;
  });
  if (results instanceof SilentSource)
    return Object.fromEntries(
      queries.map(({ refId, expr }) => [
        `${panel.id} ${refId}`,
        { query: expr, series: null, error: results.message, prometheus: null, silent: true },
      ]),
    );
  const entries = queries.map(
    async ({ refId, expr, instant, stepMs }): Promise<[string, GrafanaAnswer]> => {
      const result = results[refId];
      const error = result ? (result.error ?? null) : 'its answer is missing';
      const series = error === null ? seriesOf(result?.frames ?? []) : null;
      const own =
        series &&
        (await (instant
          ? atOnce(prometheus, expr, timesOf(series).at(-1) ?? toMs)
          : alongGrid(prometheus, expr, series, { fromMs, toMs, stepMs })));
      return [`${panel.id} ${refId}`, { query: expr, series, error, prometheus: own }];
    },
  );
  return Object.fromEntries(await Promise.all(entries));
}

async function atOnce(prometheus: PrometheusApi, expr: string, atMs: number): Promise<Series[]> {
  return (await prometheus.instant(expr, atMs)).map(({ labels, value }) => ({
    labels,
    samples: [[atMs, value]],
  }));
}

/**
 * Prometheus's own answer on the grid of Grafana's, which may have made its step wider; over the
 * whole time that was asked for.
 */
async function alongGrid(
  prometheus: PrometheusApi,
  expr: string,
  series: Series[],
  asked: { fromMs: number; toMs: number; stepMs: number },
): Promise<Series[]> {
  const times = timesOf(series);
  const [first] = times;
  const gaps = times.slice(1).map((at, i) => at - (times[i] ?? at));
  const stepMs = gaps.length === 0 ? asked.stepMs : Math.max(asked.stepMs, Math.min(...gaps));
  const fromMs =
    first === undefined
      ? asked.fromMs
      : first - Math.floor((first - asked.fromMs) / stepMs) * stepMs;
  return prometheus.range(expr, fromMs, asked.toMs, stepMs);
}

/** All times of the series, each once, in their order. */
function timesOf(series: Series[]): number[] {
  return [...new Set(series.flatMap(({ samples }) => samples.map(([at]) => at)))].sort(
    (a, b) => a - b,
  );
}
