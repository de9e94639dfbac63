import type {
  GrafanaDashboard,
  GrafanaDataSource,
  GrafanaRule,
} from '../../../model/grafana-evidence.ts';
import type { Login } from '../../../model/containers.ts';
import { dashboardOf } from './dashboards.ts';
import type { DashboardAnswer } from './dashboards.ts';
import { bodyFor, isAboutQueries, resultsOf } from './queries.ts';
import type { DataQuery, QueryAnswer, QueryResults } from './queries.ts';
import { rulesOf } from './rules.ts';
import type { RulesAnswer } from './rules.ts';
import { answerOf } from '../../../lib/http.ts';

const TIMEOUT_MS = 15_000;

/**
 * The calls of Grafana's HTTP API (grafana.com/docs/grafana/latest/developers/http_api) that a run
 * needs, with the administrator's password (basic authentication). Every failure throws: what
 * wasn't answered is never "nothing".
 */
export class GrafanaApi {
  private readonly base: string;
  private readonly headers: Record<string, string>;

  /** @param base e.g. `http://grafana:3000` */
  constructor(base: string, { user, password }: Login) {
    this.base = base;
    this.headers = {
      authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
      accept: 'application/json',
      'content-type': 'application/json',
    };
  }

  /** Version and state of its database ("Health API" in the docs' "Other HTTP API"). */
  async health(): Promise<{ version: string; database: string }> {
    const { version = '', database = '' } = await this.get<{ version?: string; database?: string }>(
      '/api/health',
    );
    return { version, database };
  }

  /** Settings of every data source ("Data source API", "Get all data sources"). */
  async dataSources(): Promise<Omit<GrafanaDataSource, 'health'>[]> {
    const all = await this.get<Partial<GrafanaDataSource>[]>('/api/datasources');
    return all.map(({ uid = '', name = '', type = '', url = '', access = '' }) => ({
      uid,
      name,
      type,
      url,
      access,
    }));
  }

  /**
   * A data source's own test; one that fails is answered with 400 and the same body ("Data source
   * API", "Check data source health").
   */
  async dataSourceHealth(uid: string): Promise<{ status: string; message: string }> {
    const { body } = await this.call<{ status?: string; message?: string }>(
      `/api/datasources/uid/${encodeURIComponent(uid)}/health`,
      undefined,
      (answer) => answer.status !== undefined,
    );
    return { status: body.status ?? '', message: body.message ?? '' };
  }

  /**
   * A dashboard; null when there is none with this uid ("Dashboard API", "Get dashboard by uid").
   */
  async dashboard(uid: string): Promise<GrafanaDashboard | null> {
    const { status, body } = await this.call<DashboardAnswer>(
      `/api/dashboards/uid/${encodeURIComponent(uid)}`,
      undefined,
      (_, code) => code === 404,
    );
    return status === 404 ? null : dashboardOf(body);
  }

  /**
   * The answers to a panel's queries, by refId ("Data source API", "Query a data source"). One that
   * is refused has its error in its own answer, whatever the status of the whole.
   * @throws SilentSource when the data source gave no answer at all: then there are no results
   */
  async query(queries: DataQuery[], fromMs: number, toMs: number): Promise<QueryResults> {
    const { body } = await this.call<QueryAnswer>(
      '/api/ds/query',
      bodyFor(queries, fromMs, toMs),
      isAboutQueries,
    );
    return resultsOf(body);
  }

  /**
   * State and health of its own alert rules, in Prometheus's form. In the docs under "Alert rule
   * state and health"; the call is the one that Grafana's own pages make.
   */
  async rules(): Promise<GrafanaRule[]> {
    return rulesOf(await this.get<RulesAnswer>('/api/prometheus/grafana/api/v1/rules'));
  }

  private async get<T>(path: string): Promise<T> {
    return (await this.call<T>(path)).body;
  }

  /** @param isAnswer whether an answer that isn't 2xx says what was asked all the same */
  private async call<T>(
    path: string,
    body?: unknown,
    isAnswer: (answer: T, status: number) => boolean = () => false,
  ): Promise<{ status: number; body: T }> {
    const response = await answerOf(`${this.base}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: this.headers,
      timeoutMs: TIMEOUT_MS,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = parsed<T>(response.body);
    if (answer !== undefined && (response.ok || isAnswer(answer, response.status)))
      return { status: response.status, body: answer };
    throw new Error(
      `Grafana answered ${path} with ${response.status}: ${response.body.slice(0, 300)}`,
    );
  }
}

/** JSON's object or list; undefined for anything else. */
function parsed<T>(text: string): T | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as T) : undefined;
  } catch {
    return undefined;
  }
}
