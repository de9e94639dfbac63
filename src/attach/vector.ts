import { z } from 'zod';
import type { Answer, NoAnswer } from '../model/attach.ts';

const sample = z.tuple([z.number(), z.string()]);
const series = z.object({
  metric: z.record(z.string(), z.string()),
  value: sample.optional(),
  values: z.array(sample).optional(),
  /** Native histograms. */
  histogram: z.unknown().optional(),
});
const several = z.object({ data: z.object({ result: z.array(series) }) });
const single = z.object({ data: z.object({ result: sample }) });

/** One series of an answer; `samples` are [epoch seconds, value]. */
export interface AnsweredSeries {
  labels: Record<string, string>;
  samples: [number, number][];
}

/** The series of an answer. */
export interface Vector {
  vector: AnsweredSeries[];
  /** Why there may be others; undefined: there are none. */
  partial: string | undefined;
}

/** What Prometheus says of the query itself, and not of what it is short of (util/annotations). */
const OF_THE_QUERY = /^PromQL (warning|info)/;
const warned = z.object({
  warnings: z.array(z.string()).default([]),
  /** VictoriaMetrics's way to say it. */
  isPartial: z.boolean().default(false),
});

/**
 * Why an answer isn't whole: one of several stores didn't answer, as Thanos and Mimir tell.
 * Undefined: nothing is missing.
 */
export function partialReason(body: unknown): string | undefined {
  const { warnings = [], isPartial = false } = warned.safeParse(body).data ?? {};
  const first = warnings.find((text) => !OF_THE_QUERY.test(text));
  if (first !== undefined) return `the answer is partial: ${first}`;
  return isPartial ? 'the answer is partial' : undefined;
}

/**
 * The series of an answer to a query, or why there is none. Of a partial answer without any nothing
 * is known.
 */
export function vectorOf(answer: Answer | undefined): Vector | NoAnswer {
  if (!answer) return { error: 'it was not asked' };
  if ('error' in answer) return answer;
  const list = several.safeParse(answer.body);
  const partial = partialReason(answer.body);
  if (list.success) {
    const { result } = list.data.data;
    if (result.length === 0 && partial !== undefined) return { error: partial };
    const vector = result.map(({ metric, value, values }) => ({
      labels: metric,
      samples: (values ?? (value ? [value] : [])).map(numbers),
    }));
    return { vector, partial };
  }
  const scalar = single.safeParse(answer.body);
  if (scalar.success)
    return { vector: [{ labels: {}, samples: [numbers(scalar.data.data.result)] }], partial };
  return { error: 'the answer has another form than is documented' };
}

/** The value of an answer that has one series; undefined when it has none. */
export function valueOf(answer: Answer | undefined): { value: number | undefined } | NoAnswer {
  const read = vectorOf(answer);
  return 'error' in read ? read : { value: read.vector[0]?.samples[0]?.[1] };
}

function numbers([time, value]: [number, string]): [number, number] {
  return [time, value === '+Inf' ? Infinity : value === '-Inf' ? -Infinity : Number(value)];
}
