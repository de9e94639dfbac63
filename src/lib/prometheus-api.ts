import type { MetricMetadata } from '../model/evidence.ts';
import type { Series } from '../model/series.ts';
import { Refused, get, post } from './http.ts';
import { alertRulesOf, groupStateOf } from './prometheus-rules.ts';
import type { AlertRuleState, GroupAnswer, RuleGroupState } from './prometheus-rules.ts';
import { targetStateOf } from './prometheus-targets.ts';
import type { TargetAnswer, TargetState } from './prometheus-targets.ts';

interface Answer<T> {
  status: string;
  data: T;
}
interface Result {
  result: {
    metric: Record<string, string>;
    values?: [number, string][];
    value?: [number, string];
  }[];
}

/**
 * The few calls of Prometheus's HTTP API that the run needs. Every failure throws: an unanswered
 * query is never "nothing".
 */
export class PrometheusApi {
  private readonly base: string;
  private readonly timeoutMs: number;

  /** @param base e.g. `http://prometheus:9090` */
  constructor(base: string, timeoutMs = 10_000) {
    this.base = base;
    this.timeoutMs = timeoutMs;
  }

  /** Value of each series of an instant query, now or at another time (epoch ms). */
  async instant(
    query: string,
    atMs?: number,
  ): Promise<{ labels: Record<string, string>; value: number }[]> {
    const data = await this.call<Result>('query', {
      query,
      ...(atMs === undefined ? {} : { time: String(atMs / 1000) }),
    });
    return data.result.map((r) => ({ labels: r.metric, value: Number(r.value?.[1]) }));
  }

  /**
   * Raw samples of a selector since `fromMs` (epoch ms), as stored: no interpolation, no lookback.
   * @param toMs epoch ms; undefined: all up to now
   */
  async raw(selector: string, fromMs: number, toMs?: number): Promise<Series[]> {
    const seconds = Math.ceil(((toMs ?? Date.now()) - fromMs) / 1000) + 1;
    if (toMs !== undefined) return this.window(selector, seconds * 1_000, toMs);
    return toSeries(await this.call<Result>('query', { query: `${selector}[${seconds}s]` }));
  }

  /**
   * Raw samples of a selector in the `lengthMs` up to `toMs` (epoch ms), its beginning left out.
   */
  async window(selector: string, lengthMs: number, toMs: number): Promise<Series[]> {
    return toSeries(
      await this.call<Result>('query', {
        query: `${selector}[${lengthMs}ms]`,
        time: String(toMs / 1000),
      }),
    );
  }

  /** An expression at each step from `fromMs` to `toMs`, epoch ms. */
  async range(query: string, fromMs: number, toMs: number, stepMs: number): Promise<Series[]> {
    return toSeries(
      await this.call<Result>('query_range', {
        query,
        start: String(fromMs / 1000),
        end: String(toMs / 1000),
        step: String(stepMs / 1000),
      }),
    );
  }

  /**
   * The series that a query has shown now and then in the steps up to a moment, or shows at it
   * where it has no curve (a string, a range of samples).
   */
  async lately(
    query: string,
    steps: number,
    stepMs: number,
    toMs: number,
  ): Promise<{ labels: Record<string, string> }[]> {
    try {
      return await this.range(query, toMs - steps * stepMs, toMs, stepMs);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return this.instant(query, toMs);
    }
  }

  /** Values of a label among the series of a selector; of all series when it is empty. */
  async labelValues(label: string, selector: string): Promise<string[]> {
    return this.call<string[]>(
      `label/${label}/values`,
      selector === '' ? {} : { 'match[]': selector },
    );
  }

  /** What each target calls its metrics' types; one entry per job and metric. */
  async metadata(): Promise<MetricMetadata[]> {
    const entries = await this.call<
      { target: Record<string, string>; metric: string; type: string }[]
    >('targets/metadata', {});
    return entries.map(({ target, metric, type }) => ({ job: target['job'] ?? '', metric, type }));
  }

  /** Each target as it is now. */
  async targets(): Promise<TargetState[]> {
    const { activeTargets } = await this.call<{ activeTargets: TargetAnswer[] }>('targets', {
      state: 'active',
    });
    return activeTargets.map(targetStateOf);
  }

  /** Every rule group as it is now. */
  async groups(): Promise<RuleGroupState[]> {
    const { groups } = await this.call<{ groups: GroupAnswer[] }>('rules', {});
    return groups.map(groupStateOf);
  }

  /** Every alert rule as it is now, in the order of files, groups and rules. */
  async alertRules(): Promise<AlertRuleState[]> {
    const { groups } = await this.call<{ groups: GroupAnswer[] }>('rules', { type: 'alert' });
    return groups.flatMap(alertRulesOf);
  }

  /** Returns when it answers queries; throws until then. */
  async ready(): Promise<void> {
    await get(`${this.base}/-/ready`, this.timeoutMs);
  }

  /** Its command line, defaults too: by name of the flag, without dashes. */
  async flags(): Promise<Record<string, string>> {
    return this.call<Record<string, string>>('status/flags', {});
  }

  /**
   * Has it write everything that it holds as blocks (`--web.enable-admin-api`).
   * @returns name of the folder below `snapshots` of its storage
   */
  async snapshot(): Promise<string> {
    const body = await post(`${this.base}/api/v1/admin/tsdb/snapshot`, this.timeoutMs);
    return (JSON.parse(body) as Answer<{ name: string }>).data.name;
  }

  private async call<T>(path: string, parameters: Record<string, string>): Promise<T> {
    const body = await get(
      `${this.base}/api/v1/${path}?${new URLSearchParams(parameters).toString()}`,
      this.timeoutMs,
    );
    return (JSON.parse(body) as Answer<T>).data;
  }
}

function toSeries(data: Result): Series[] {
  return data.result.map((r) => ({
    labels: r.metric,
    samples: (r.values ?? []).map(([t, v]) => [Math.round(t * 1000), Number(v)]),
  }));
}
