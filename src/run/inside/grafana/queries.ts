import type { Frame } from './frames.ts';

/** A query as Grafana's browser application sends it to its server. */
export interface DataQuery {
  refId: string;
  expr: string;
  /** The uid of the data source. */
  dataSource: string;
  instant: boolean;
  stepMs: number;
}

/** The answers by refId: frames, or why the query was refused. */
export type QueryResults = Record<string, { frames?: Frame[]; error?: string } | undefined>;

/** What Grafana answers to queries: results, or why there are none at all. */
export interface QueryAnswer {
  results?: QueryResults;
  message?: string;
  messageId?: string;
}

/**
 * The data source behind a query didn't answer, or isn't there: Grafana has nothing to say of the
 * query itself.
 */
export class SilentSource extends Error {}

/** The body of a request for these queries. */
export function bodyFor(queries: DataQuery[], fromMs: number, toMs: number): unknown {
  return {
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
  };
}

/** Whether an answer speaks of the queries or their data source, whatever its status. */
export function isAboutQueries(
  { results, messageId, message }: QueryAnswer,
  status: number,
): boolean {
  return (
    results !== undefined ||
    messageId === 'plugin.downstreamError' ||
    (status === 404 && /data source/i.test(message ?? ''))
  );
}

/** @throws SilentSource when the data source gave no answer at all */
export function resultsOf({ results, message, messageId }: QueryAnswer): QueryResults {
  if (results !== undefined) return results;
  throw new SilentSource([message, messageId && `(${messageId})`].filter(Boolean).join(' '));
}
