import type {
  GrafanaDashboard,
  GrafanaDataSource,
  GrafanaRule,
} from '../../../model/grafana-evidence.ts';
import type { Login } from '../../../model/containers.ts';
import type { Frame } from './frames.ts';

const TIMEOUT_MS = 15_000;

/** A query as Grafana's browser application sends it to its server. */
export interface DataQuery {
  refId: string;
  expr: string;
  /** The uid of the data source. */
  dataSource: string;
  instant: boolean;
  stepMs: number;
}

interface RawTarget {
  refId?: string;
  expr?: string;
}
interface RawPanel {
  id?: number;
  type?: string;
  title?: string;
  targets?: RawTarget[];
  panels?: RawPanel[];
}
/** Of a rule: its alert instances, with the state that its own pages show. */
interface RawAlert {
  state?: string;
  annotations?: { Error?: string };
}
type QueryResults = Record<string, { frames?: Frame[]; error?: string } | undefined>;

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
    const { status, body } = await this.call<{
      dashboard?: { title?: string; panels?: RawPanel[] };
      meta?: { folderTitle?: string; provisioned?: boolean };
    }>(`/api/dashboards/uid/${encodeURIComponent(uid)}`, undefined, (_, code) => code === 404);
    if (status === 404) return null;
    const { dashboard = {}, meta = {} } = body;
    const panels = (dashboard.panels ?? [])
      .flatMap((panel) => [panel, ...(panel.panels ?? [])])
      .filter((panel) => panel.type !== 'row');
    return {
      title: dashboard.title ?? '',
      folder: meta.folderTitle ?? '',
      provisioned: meta.provisioned === true,
      panels: panels.map((panel) => ({
        id: panel.id ?? 0,
        title: panel.title ?? '',
        queries: Object.fromEntries(
          (panel.targets ?? []).flatMap(({ refId = 'A', expr = '' }) =>
            expr === '' ? [] : [[refId, expr]],
          ),
        ),
      })),
    };
  }

  /**
   * The answers to a panel's queries, by refId ("Data source API", "Query a data source"). One that
   * is refused has its error in its own answer, whatever the status of the whole.
   * @throws SilentSource when the data source gave no answer at all: then there are no results
   */
  async query(queries: DataQuery[], fromMs: number, toMs: number): Promise<QueryResults> {
    const { body } = await this.call<{
      results?: QueryResults;
      message?: string;
      messageId?: string;
    }>(
      '/api/ds/query',
      {
        from: String(fromMs),
        to: String(toMs),
        queries: queries.map(({ refId, expr, dataSource, instant, stepMs }) => ({
          refId,
          expr,
          datasource: { uid: dataSource },
          format: 'time_series',
          instant,
          range: !instant,
          exemplar: false,
          utcOffsetSec: 0,
          // More points than there are steps: else the step would be made wider.
          interval: `${stepMs}ms`,
          intervalMs: stepMs,
          maxDataPoints: 2 * Math.ceil((toMs - fromMs) / stepMs) + 2,
        })),
      },
      ({ results, messageId, message }, status) =>
        results !== undefined ||
        messageId === 'plugin.downstreamError' ||
        (status === 404 && /data source/i.test(message ?? '')),
    );
    if (body.results === undefined)
      throw new SilentSource(
        [body.message, body.messageId && `(${body.messageId})`].filter(Boolean).join(' '),
      );
    return body.results;
  }

  /**
   * State and health of its own alert rules, in Prometheus's form. In the docs under "Alert rule
   * state and health"; the call is the one that Grafana's own pages make.
   */
  async rules(): Promise<GrafanaRule[]> {
    const { data } = await this.get<{
      data?: {
        groups?: {
          rules?: {
            name?: string;
            type?: string;
            state?: string;
            health?: string;
            lastError?: string;
            lastEvaluation?: string;
            alerts?: RawAlert[] | null;
          }[];
        }[];
      };
    }>('/api/prometheus/grafana/api/v1/rules');
    const rules = (data?.groups ?? [])
      .flatMap((group) => group.rules ?? [])
      .filter((rule) => rule.type !== 'recording');
    // Go's zero time, in the year 1, is never.
    return rules.map(
      ({ name = '', state = '', health = '', lastError = '', lastEvaluation = '', alerts }) => ({
        title: name,
        state,
        ...healthOf(health, lastError, alerts ?? []),
        evaluatedAt: Date.parse(lastEvaluation) > 0 ? Date.parse(lastEvaluation) : null,
      }),
    );
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
    const response = await fetch(`${this.base}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: this.headers,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = parsed<T>(text);
    if (answer !== undefined && (response.ok || isAnswer(answer, response.status)))
      return { status: response.status, body: answer };
    throw new Error(`Grafana answered ${path} with ${response.status}: ${text.slice(0, 300)}`);
  }
}

/**
 * The data source behind a query didn't answer, or isn't there: Grafana has nothing to say of the
 * query itself.
 */
export class SilentSource extends Error {}

/**
 * Whether a rule could be evaluated. Where an error keeps the last state
 * (`execErrState: KeepLast`), Grafana calls the rule healthy and inactive; only the state of its
 * instance says "Normal (Error)".
 */
function healthOf(
  health: string,
  lastError: string,
  alerts: RawAlert[],
): { health: string; lastError: string } {
  const failed = alerts.find(
    ({ state, annotations }) => /\(Error\)/.test(state ?? '') || (annotations?.Error ?? '') !== '',
  );
  if (!failed) return { health, lastError };
  const said = failed.annotations?.Error ?? '';
  return { health: 'error', lastError: lastError || said || `its state is ${failed.state ?? ''}` };
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
