import { z } from 'zod';
import type { Answer, NoAnswer } from '../model/attach.ts';
import type { OverviewName } from './questions.ts';
import { partialReason } from './vector.ts';

const text = z.string().catch('');
const texts = z.record(z.string(), z.string()).catch({});
/** Prometheus puts every answer into an envelope. */
const prometheus = <T>(data: z.ZodType<T>): z.ZodType<T> =>
  z.preprocess((answer) => (answer as { data?: unknown } | null)?.data, data);

const rule = z.object({
  type: z.enum(['alerting', 'recording']),
  name: z.string(),
  query: z.string(),
  /** `for`, in seconds. */
  duration: z.number().default(0),
  keepFiringFor: z.number().default(0),
  labels: texts,
  annotations: texts,
  health: text,
  lastError: text,
});
const group = z.object({
  name: z.string(),
  file: text,
  /** In seconds. */
  interval: z.number(),
  rules: z.array(rule),
});
const target = z.object({
  labels: texts,
  scrapePool: text,
  scrapeUrl: text,
  health: text,
  lastError: text,
});

/** What each of the first answers holds, as far as it is used. */
const SHAPES = {
  build: prometheus(z.object({ version: text })),
  config: prometheus(z.object({ yaml: z.string() })),
  targets: prometheus(z.object({ activeTargets: z.array(target) })),
  rules: prometheus(z.object({ groups: z.array(group) })),
  alertmanagers: prometheus(z.object({ activeAlertmanagers: z.array(z.object({ url: text })) })),
  names: prometheus(z.array(z.string())),
  alertmanager: z.object({
    config: z.object({ original: z.string() }),
    versionInfo: z.object({ version: text }),
  }),
  grafana: z.object({ version: text }),
  dashboards: z.array(z.object({ uid: z.string(), title: text })),
} satisfies Record<OverviewName, z.ZodType>;

export type LiveRule = z.output<typeof rule>;
export type LiveGroup = z.output<typeof group>;
export type LiveTarget = z.output<typeof target>;

/** What a running system says of itself; a part is undefined when it couldn't be had. */
export type Overview = { [K in OverviewName]?: z.output<(typeof SHAPES)[K]> | undefined };

/**
 * Takes the first answers apart.
 * @param answers of what was asked; a program that wasn't named wasn't
 * @returns `missing`: why a part that was asked for couldn't be had
 */
export function readOverview(answers: ReadonlyMap<OverviewName, Answer>): {
  overview: Overview;
  missing: Partial<Record<OverviewName, NoAnswer>>;
} {
  const missing: Partial<Record<OverviewName, NoAnswer>> = {};
  const parts = [...answers].map(([name, answer]) => {
    if ('error' in answer) {
      missing[name] = answer;
      return [name, undefined] as const;
    }
    // A name that isn't in a partial list may be there all the same.
    const partial = name === 'names' ? partialReason(answer.body) : undefined;
    if (partial !== undefined) {
      missing[name] = { error: partial };
      return [name, undefined] as const;
    }
    const parsed = SHAPES[name].safeParse(answer.body);
    if (!parsed.success)
      missing[name] = { error: 'the answer has another form than is documented' };
    return [name, parsed.data] as const;
  });
  return { overview: Object.fromEntries(parts), missing };
}
