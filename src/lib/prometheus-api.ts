import type { MetricMetadata } from '../model/evidence.ts';
import type { Series } from '../model/series.ts';
import { get, post } from './http.ts';

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

interface TargetAnswer {
  labels: Record<string, string>;
  health: string;
  lastScrape: string;
  lastError: string;
}

interface GroupAnswer {
  name: string;
  file: string;
  interval: number;
  lastEvaluation: string;
  evaluationTime: number;
  rules: RuleAnswer[];
}

interface RuleAnswer {
  name: string;
  type: 'alerting' | 'recording';
  query: string;
  labels?: Record<string, string>;
  state?: AlertRuleState['state'];
  health: string;
  lastError?: string;
  alerts?: {
    labels: Record<string, string>;
    state: 'pending' | 'firing';
    activeAt: string;
    value: string;
  }[];
}

/** A rule group as Prometheus has it. */
export interface RuleGroupState {
  /** Path of its file, as Prometheus has it. */
  file: string;
  name: string;
  intervalMs: number;
  /**
   * The wall clock when its last evaluation began, epoch ms: a little after the time it was made
   * for.
   */
  lastEvaluationMs: number;
  lastDurationMs: number;
  /** Names of its alerts. */
  alerts: string[];
}

/** An alert rule as Prometheus has it. */
export interface AlertRuleState {
  /** Path of its file, as Prometheus has it. */
  file: string;
  group: string;
  name: string;
  query: string;
  /** As written in the rule: values may be templates. */
  labels: Record<string, string>;
  state: 'inactive' | 'pending' | 'firing';
  /** `ok`, `err`, `unknown`; and why its last evaluation failed. */
  health: string;
  lastError: string;
  instances: {
    labels: Record<string, string>;
    state: 'pending' | 'firing';
    activeAtMs: number;
    value: string;
  }[];
}

/** A target as Prometheus has it. */
export interface TargetState {
  job: string;
  instance: string;
  /** `up`, `down`, `unknown`. */
  health: string;
  /** Why its last scrape failed; empty: it didn't. */
  lastError: string;
  /** When its last scrape began, epoch ms; null: it was never scraped. */
  lastScrapeMs: number | null;
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
   */
  async raw(selector: string, fromMs: number): Promise<Series[]> {
    const seconds = Math.ceil((Date.now() - fromMs) / 1000) + 1;
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
    return activeTargets.map(({ labels, health, lastScrape, lastError }) => {
      const at = Date.parse(lastScrape);
      return {
        ...{ job: labels['job'] ?? '', instance: labels['instance'] ?? '', health, lastError },
        // Go's time of nothing is in the year 1.
        lastScrapeMs: at > 0 ? at : null,
      };
    });
  }

  /** Every rule group as it is now. */
  async groups(): Promise<RuleGroupState[]> {
    const { groups } = await this.call<{ groups: GroupAnswer[] }>('rules', {});
    return groups.map((g) => ({
      file: g.file,
      name: g.name,
      intervalMs: Math.round(g.interval * 1000),
      lastEvaluationMs: Date.parse(g.lastEvaluation),
      lastDurationMs: g.evaluationTime * 1000,
      alerts: g.rules.filter(({ type }) => type === 'alerting').map(({ name }) => name),
    }));
  }

  /** Every alert rule as it is now, in the order of files, groups and rules. */
  async alertRules(): Promise<AlertRuleState[]> {
    const { groups } = await this.call<{ groups: GroupAnswer[] }>('rules', { type: 'alert' });
    return groups.flatMap(({ file, name: group, rules }) =>
      rules.map((rule) => ({
        ...{ file, group, name: rule.name, query: rule.query, health: rule.health },
        labels: rule.labels ?? {},
        state: rule.state ?? 'inactive',
        lastError: rule.lastError ?? '',
        instances: (rule.alerts ?? []).map(({ labels, state, activeAt, value }) => ({
          ...{ labels, state, value },
          activeAtMs: Date.parse(activeAt),
        })),
      })),
    );
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
