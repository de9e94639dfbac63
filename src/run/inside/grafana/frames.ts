import type { Series } from '../../../model/series.ts';

/**
 * A data frame as Grafana's server writes it: a schema with the fields, and a column of values for
 * each of them. JSON has no NaN and no infinities: where they are stands in `entities`
 * (packages/grafana-data, `DataFrameJSON`).
 */
export interface Frame {
  schema?: { fields?: { name?: string; type?: string; labels?: Record<string, string> }[] };
  data?: {
    values?: (number | null)[][];
    entities?: (Partial<Record<Entity, number[]>> | null)[] | null;
  };
}

type Entity = 'NaN' | 'Inf' | 'NegInf';
const ENTITIES: Record<Entity, number> = { NaN: NaN, Inf: Infinity, NegInf: -Infinity };

/**
 * The series in the frames of an answer: each column of numbers with the frame's column of times. A
 * place without a value is no sample.
 */
export function seriesOf(frames: Frame[]): Series[] {
  return frames.flatMap(({ schema, data }) => {
    const fields = schema?.fields ?? [];
    const columns = data?.values ?? [];
    const times = columns[fields.findIndex((field) => field.type === 'time')] ?? [];
    return fields.flatMap((field, i): Series[] => {
      if (field.type !== 'number') return [];
      const values = withEntities(columns[i] ?? [], data?.entities?.[i]);
      const samples = values.flatMap((value, row): [number, number][] =>
        value === null || times[row] === undefined || times[row] === null
          ? []
          : [[times[row], value]],
      );
      return samples.length === 0 ? [] : [{ labels: field.labels ?? {}, samples }];
    });
  });
}

function withEntities(
  values: (number | null)[],
  entities: Partial<Record<Entity, number[]>> | null | undefined,
): (number | null)[] {
  const out = [...values];
  for (const [name, rows] of Object.entries(entities ?? {}))
    for (const row of rows) out[row] = ENTITIES[name as Entity] ?? null;
  return out;
}
