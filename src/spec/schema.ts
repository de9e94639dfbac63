import { z } from 'zod';
import { DURATION_PATTERN, parseDurationMs } from '../lib/duration.ts';

const MAX_MS = 30 * 86_400_000;
const EXPECTED = 'a duration such as 30s, 5m or 1h30m, at most 30d';

/**
 * A duration in Prometheus's notation, as real-time ms, 0 to 30 days. YAML makes a number of `0`.
 */
export const duration = z
  .union([z.string().regex(DURATION_PATTERN, EXPECTED), z.literal(0)], { error: EXPECTED })
  .transform((value, context) => {
    const ms = parseDurationMs(String(value));
    if (ms !== undefined && ms <= MAX_MS) return ms;
    context.addIssue({ code: 'custom', message: EXPECTED });
    return z.NEVER;
  });

/** A duration of at least 1 ms. */
export const interval = duration
  .refine((ms) => ms > 0, 'a duration longer than 0')
  .meta({ type: 'string', pattern: '[1-9]' });

/** A PromQL expression; YAML makes a number of `1`. */
export const expression = z
  .union([z.string(), z.number()], { error: 'a PromQL expression' })
  .transform(String);

/** Label values or annotations; YAML makes numbers and booleans of some. */
export const texts = z.record(
  z.string(),
  z
    .union([z.string(), z.number(), z.boolean()], { error: 'text' })
    .transform(String)
    .meta({ title: 'text' }),
);

/** `host:port`, with a port that exists. */
export const target = z
  .string()
  .regex(/^[A-Za-z0-9_.-]+:(?!0+$)\d{1,5}$/, { error: 'host:port', abort: true })
  .refine((text) => Number(text.split(':')[1]) < 65_536, 'host:port');

/** Anything that has a text as its name. */
export const name = z.string().min(1);

/**
 * An object that refuses keys it doesn't know; `others` (separated by blanks) are known, and not
 * read by the harness.
 */
export function strict<T extends z.ZodRawShape>(
  shape: T,
  others = '',
): z.ZodObject<T, z.core.$strict> {
  const rest = Object.fromEntries(
    others
      .split(/\s+/)
      .filter(Boolean)
      .map((key) => [key, z.unknown().optional()]),
  );
  return z.strictObject({ ...shape, ...rest });
}

/**
 * Entries that are checked one by one, so that a wrong one doesn't hide what is wrong elsewhere.
 */
export const openMap = z.record(z.string(), z.unknown());
/** As {@link openMap}, for lists. */
export const openList = z.array(z.unknown());
