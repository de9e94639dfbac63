import { z } from 'zod';
import type { PartAccount } from '../../model/distributed.ts';

const count = z.number().int().nonnegative();
const schema = z.strictObject({
  schemaVersion: z.literal(1),
  run: z.string(),
  segment: z.string(),
  sequence: z.string(),
  startedAtMs: z.number().nullable(),
  sent: count,
  ended: count,
  dropped: count,
  counts: z.array(
    z.strictObject({
      service: z.string(),
      method: z.string(),
      name: z.string(),
      status: z.string(),
      count,
    }),
  ),
  latency: z.strictObject({
    firstMs: z.number().positive(),
    perDoubling: z.number().positive(),
    last: count,
    counts: z.record(z.string().regex(/^\d+$/), count),
  }),
}) satisfies z.ZodType<PartAccount>;

/** An account that was looked for: found, or what is wrong with the line. */
export type FoundAccount = { account: PartAccount } | { file: string; line: number; wrong: string };

/**
 * The accounts in a text: each is a line `PART {…}` among the others of a runner's log (whatever
 * stands before it, as `kubectl logs --prefix` writes), or the whole of a file that a runner left
 * on a volume.
 */
export function accountsIn(file: string, text: string): FoundAccount[] {
  return text.split('\n').flatMap((line, n): FoundAccount[] => {
    const found =
      /(?:^|\s)PART (\{.*)$/.exec(line)?.[1] ??
      (line.startsWith('{"schemaVersion"') ? line : undefined);
    if (found === undefined) return [];
    try {
      return [{ account: schema.parse(JSON.parse(found)) }];
    } catch (error) {
      return [
        {
          file,
          line: n + 1,
          wrong:
            error instanceof z.ZodError
              ? z.prettifyError(error).replaceAll('\n', ' ')
              : 'the line is cut off or is no JSON',
        },
      ];
    }
  });
}
