import { join } from 'node:path';
import { HarnessError, messageOf } from '../../../lib/errors.ts';
import type { CapacityAccount, CapacityLoad } from '../../../model/capacity-load.ts';
import type { StepMeasurement, StepRequest } from '../../../model/capacity-step.ts';
import type { Figures } from '../../../model/figures.ts';
import { begunStep } from '../../measure/begun.ts';
import { figuresOfLoad, virtualUsers } from '../../measure/load-figures.ts';
import { runMeasured } from '../../measure/measured-load.ts';
import { troubleWithin } from '../../measure/trouble.ts';
import { get } from '../../../lib/http.ts';
import { filled, openedChoice } from '../../../run/inside/panels.ts';
import type { DimensionDriver, DriverPlace } from '../driver.ts';
import { makeHistory } from '../monitoring/history.ts';
import { monitoringMeter } from '../monitoring/meter.ts';
import type { OwnMetrics } from '../monitoring/own-metrics.ts';
import { PrometheusUnderLoad } from '../monitoring/prometheus.ts';
import { scrapeIntervalMs } from '../monitoring/times.ts';
import { ownFigures } from '../monitoring/window.ts';

/** A dashboard that doesn't say how often it asks anew is looked at by somebody who asks it to. */
const REFRESH_MS = 30_000;
/** Longer than any expression looks back before the dashboard's range, ms. */
const LOOK_BACK_MS = 3_600_000;
/** Data until then, so that the queries' end doesn't run out of them, ms. */
const AHEAD_MS = 1_800_000;
/** Longest time that an answer is waited for, ms. */
const TIMEOUT_MS = 10_000;

/** A panel's query as it is asked when its dashboard is open. */
interface Query {
  panel: string;
  /** Path and parameters at a moment, epoch ms. */
  urlAt: (nowMs: number) => string;
  /** How often one viewer asks it, a second: of a dashboard, not of all of them. */
  perSecond: number;
}

/**
 * People who have a dashboard open, spread evenly over the dashboards: every query of every panel
 * with the range and step that Grafana gives it, each time the dashboard refreshes, against some
 * hours of the stack's metrics.
 */
export async function viewersDriver(place: DriverPlace): Promise<DimensionDriver> {
  const { plan, signal, runDir } = place;
  const prometheus = new PrometheusUnderLoad(place);
  const nothing = { exporters: [], rules: [], stackRules: false };
  place.waitingFor('the history of the stack to be made');
  const longestMs = Math.max(...plan.panels.map(({ rangeMs }) => rangeMs));
  await makeHistory({
    plan,
    dataDir: join(prometheus.dir, 'data'),
    dir: runDir,
    fromMs: Date.now() - longestMs - LOOK_BACK_MS,
    toMs: Date.now() + AHEAD_MS,
    intervalMs: scrapeIntervalMs(plan),
    signal,
  });
  await prometheus.start(nothing, signal);
  const queries = await queriesOf(place, prometheus);
  let k6: number | undefined;
  const meter = monitoringMeter(place, () => k6);

  const step = async (request: StepRequest, stepSignal: AbortSignal): Promise<StepMeasurement> => {
    const begun = begunStep(request);
    if (prometheus.died() !== null) {
      await prometheus.stop();
      await prometheus.start(nothing, stepSignal);
    }
    const load = loadOf(prometheus.base, queries, request);
    const looks: OwnMetrics[] = [];
    const look = async (): Promise<void> => {
      // One that is too busy to answer shows in the answers to its viewers.
      const own = await prometheus.ownMetrics().catch(() => undefined);
      if (own) looks.push(own);
    };
    const { k6: program, projectDir } = place;
    const onStart = (pid: number): void => void (k6 = pid);
    const { account, use } = await runMeasured(
      load,
      { k6: program, projectDir, dir: runDir, id: request.id, signal: stepSignal, onStart },
      meter,
      look,
    );
    const died = prometheus.died();
    return {
      ...begun,
      figures: { ...viewed(load, account), ...use.figures, ...ownFigures(looks) },
      processes: use.processes,
      trouble: died === null ? troubleWithin(account) : { kind: 'died', detail: died },
    };
  };
  return { step };
}

/** The load's figures; its latency is that of queries. */
function viewed(load: CapacityLoad, account: CapacityAccount): Figures {
  const { figures } = figuresOfLoad(load, account);
  const p95 = figures.latencyP95Seconds;
  return p95 === undefined ? figures : { ...figures, queryP95Seconds: p95 };
}

/**
 * Each query of the dashboards, tried once. @throws HarnessError that names one that isn't answered
 */
async function queriesOf(
  { plan, waitingFor }: DriverPlace,
  prometheus: PrometheusUnderLoad,
): Promise<Query[]> {
  waitingFor('each query to be answered once');
  const { opened } = await openedChoice(prometheus.api, plan);
  const dashboards = new Set(plan.panels.map(({ dashboard }) => dashboard)).size;
  const queries = plan.panels.flatMap((panel) =>
    panel.queries
      .filter(({ problem }) => problem === null)
      .map((query): Query => ({
        panel: panel.id,
        perSecond: 1000 / (panel.refreshMs ?? REFRESH_MS) / dashboards,
        urlAt: (nowMs) => {
          const expr = filled(query.runExpr, opened);
          if (query.instant) return `query?${encoded({ query: expr, time: nowMs / 1000 })}`;
          // Grafana puts both ends on the step's grid.
          const [start = 0, end = 0] = [nowMs - panel.rangeMs, nowMs].map(
            (ms) => (Math.floor(ms / query.stepMs) * query.stepMs) / 1000,
          );
          return `query_range?${encoded({ query: expr, start, end, step: query.stepMs / 1000 })}`;
        },
      })),
  );
  if (queries.length === 0)
    throw new HarnessError(
      'the stack has no dashboard with a query',
      'Another dimension can be looked at.',
    );
  for (const { panel, urlAt } of queries) {
    await get(`${prometheus.base}/api/v1/${urlAt(Date.now())}`, TIMEOUT_MS).catch(
      (cause: unknown) => {
        throw new HarnessError(
          `the panel ${panel} gets no answer: ${messageOf(cause)}`,
          '`npm run check` tells what is wrong with its query.',
          { cause },
        );
      },
    );
  }
  return queries;
}

/** All queries in turn, as many a second as the viewers' dashboards ask together. */
function loadOf(
  base: string,
  queries: Query[],
  { load, warmUpMs, measuredMs }: StepRequest,
): CapacityLoad {
  const perSecond = load * queries.reduce((sum, query) => sum + query.perSecond, 0);
  const rate = Math.max(1, Math.round(perSecond));
  const now = Date.now();
  return {
    kind: 'get',
    rate,
    warmUpMs,
    measuredMs,
    virtualUsers: virtualUsers(rate, 1),
    timeoutMs: TIMEOUT_MS,
    urls: Object.fromEntries(
      queries.map(({ urlAt }, n) => [`q${n}`, `${base}/api/v1/${urlAt(now)}`]),
    ),
  };
}

/** A query's parameters as they stand in a URL. */
function encoded(parameters: Record<string, string | number>): string {
  const texts = Object.entries(parameters).map(([name, value]) => [name, String(value)]);
  return new URLSearchParams(texts).toString();
}
