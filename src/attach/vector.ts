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

/** The series of an answer to a query, or why there is none. */
export function vectorOf(answer: Answer | undefined): { vector: AnsweredSeries[] } | NoAnswer {
  if (!answer) return { error: 'it was not asked' };
  if ('error' in answer) return answer;
  const list = several.safeParse(answer.body);
  if (list.success)
    return {
      vector: list.data.data.result.map(({ metric, value, values }) => ({
        labels: metric,
        samples: (values ?? (value ? [value] : [])).map(numbers),
      })),
    };
  const scalar = single.safeParse(answer.body);
  if (scalar.success)
    return { vector: [{ labels: {}, samples: [numbers(scalar.data.data.result)] }] };
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
