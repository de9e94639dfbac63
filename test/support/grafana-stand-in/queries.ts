import { dataSources } from './provisioning.ts';

/** A query as `POST /api/ds/query` takes it. */
export interface Query {
  refId: string;
  expr: string;
  datasource: { uid: string };
  instant: boolean;
  intervalMs: number;
}

interface Matrix {
  metric: Record<string, string>;
  values?: [number, string][];
  value?: [number, string];
}

/** Said by a Prometheus that answers. */
export class Refused extends Error {}

/** Really asks the Prometheus behind a data source. Throws with its words. */
export async function ask(
  uid: string,
  call: string,
  parameters: Record<string, string>,
): Promise<{ resultType: string; result: Matrix[] | [number, string] }> {
  const source = dataSources().find((each) => each.uid === uid);
  if (!source) throw new Error(`data source ${uid} not found`);
  const response = await fetch(`${source.url}/api/v1/${call}`, {
    method: 'POST',
    body: new URLSearchParams(parameters),
  });
  const body = (await response.json()) as {
    status: string;
    error?: string;
    data: { resultType: string; result: Matrix[] };
  };
  if (body.status !== 'success') throw new Refused(body.error ?? `status ${response.status}`);
  return body.data;
}

/**
 * The answer to one query, as data frames: both ends put on the step's grid, one frame a series.
 */
export async function answer(
  { refId, expr, datasource: { uid }, instant, intervalMs }: Query,
  fromMs: number,
  toMs: number,
): Promise<object> {
  const aligned = (ms: number): string => String((Math.floor(ms / intervalMs) * intervalMs) / 1000);
  const { resultType, result } = instant
    ? await ask(uid, 'query', { query: expr, time: aligned(toMs) })
    : await ask(uid, 'query_range', {
        query: expr,
        start: aligned(fromMs),
        end: aligned(toMs),
        step: String(intervalMs / 1000),
      });
  const all =
    resultType === 'scalar'
      ? [{ metric: {}, value: result as [number, string] }]
      : (result as Matrix[]);
  return {
    status: 200,
    frames: all.map(({ metric, values, value }) =>
      frame({ refId, expr, intervalMs, resultType }, metric, values ?? (value ? [value] : [])),
    ),
  };
}

interface Asked {
  refId: string;
  expr: string;
  intervalMs: number;
  resultType: string;
}

function frame(
  { refId, expr, intervalMs, resultType }: Asked,
  labels: Record<string, string>,
  points: [number, string][],
): object {
  const at = (text: string): number[] =>
    points.flatMap(([, value], i) => (value === text ? [i] : []));
  const all = { NaN: at('NaN'), Inf: at('+Inf'), NegInf: at('-Inf') };
  // Only of the kinds that there are.
  const entities = Object.fromEntries(Object.entries(all).filter(([, rows]) => rows.length > 0));
  return {
    schema: {
      refId,
      meta: {
        type: 'timeseries-multi',
        custom: { resultType },
        executedQueryString: `Expr: ${expr}\nStep: ${intervalMs / 1000}s`,
      },
      fields: [
        {
          ...{ name: 'Time', type: 'time', typeInfo: { frame: 'time.Time' } },
          config: { interval: intervalMs },
        },
        { name: 'Value', type: 'number', typeInfo: { frame: 'float64' }, labels, config: {} },
      ],
    },
    data: {
      values: [
        points.map(([seconds]) => Math.round(seconds * 1000)),
        points.map(([, value]) => (Number.isFinite(Number(value)) ? Number(value) : null)),
      ],
      ...(Object.keys(entities).length > 0 ? { entities: [null, entities] } : {}),
    },
  };
}
