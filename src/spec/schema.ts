import { z } from 'zod';
import { parseDurationMs } from '../lib/duration.ts';

const MAX_MS = 30 * 86_400_000;

/** A duration in Prometheus's notation, as real-time ms, 0 to 30 days. */
export const duration = z
  .union([z.string(), z.literal(0)])
  .transform((value, context) => {
    const ms = parseDurationMs(String(value));
    if (ms === undefined || ms > MAX_MS) {
      context.addIssue({ code: 'custom', message: `a duration such as 30s, 5m or 1h30m, at most 30d, not \`${String(value)}\`` });
      return z.NEVER;
    }
    return ms;
  });

/** An object that refuses keys it doesn't know; `others` (separated by blanks) are known, and not read by the harness. */
export function strict<T extends z.ZodRawShape>(shape: T, others = ''): z.ZodObject<T, z.core.$strict> {
  const rest = Object.fromEntries(others.split(/\s+/).filter(Boolean).map((key) => [key, z.unknown().optional()]));
  return z.strictObject({ ...rest, ...shape }) as unknown as z.ZodObject<T, z.core.$strict>;
}
