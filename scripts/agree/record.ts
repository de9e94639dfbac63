import { z } from 'zod';

/** What a live run said of one mutant, beside what evidence said: a line of the log. */
export const agreementSchema = z.object({
  id: z.string(),
  kind: z.string(),
  operator: z.string(),
  subject: z.string(),
  /** What became of it by evidence. */
  fate: z.string(),
  /** Whether the run noticed it: by what, of itself or in the files; null: it noticed nothing. */
  noticed: z.string().nullable(),
  /** The run couldn't judge what the mutant is about. */
  open: z.boolean(),
  seconds: z.number(),
});

export type Agreement = z.infer<typeof agreementSchema>;

/** Whether both say the same; undefined where the run couldn't judge. */
export function agrees({ fate, noticed, open }: Agreement): boolean | undefined {
  if (open && noticed === null) return undefined;
  return (fate === 'killed') === (noticed !== null);
}

/** How many agree, and each that doesn't. */
export function tally(all: readonly Agreement[]): string {
  const judged = all.filter((one) => agrees(one) !== undefined);
  const wrong = judged.filter((one) => !agrees(one));
  const kinds = [...new Set(judged.map(({ kind }) => kind))].sort();
  return [
    ...wrong.map(
      ({ subject, operator, id, fate, noticed }) =>
        `${subject} [${operator}]: ${fate} by evidence, live ${noticed ?? 'unnoticed'} (${id})`,
    ),
    `${judged.length - wrong.length} of ${judged.length} agree (${kinds.join(', ')}), ` +
      `${all.length - judged.length} not judged`,
  ].join('\n');
}
