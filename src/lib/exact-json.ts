/**
 * JSON has no NaN and no infinities, and makes null of them: a quantile without requests would be
 * no value at all. They are written as texts with this mark.
 */
const MARK = 'number:';

/** JSON in which every number survives. */
export function toExactJson(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) =>
    typeof v === 'number' && !Number.isFinite(v) ? `${MARK}${v}` : v,
  );
}

/**
 * What {@link toExactJson} has written; its type is the caller's word. Throws SyntaxError when the
 * text is no JSON.
 */
export function fromExactJson<T>(text: string): T {
  // Looking at every value takes several times as long, and is seldom needed.
  if (!text.includes(`"${MARK}`)) return JSON.parse(text) as T;
  return JSON.parse(text, (_, v: unknown) =>
    typeof v === 'string' && v.startsWith(MARK) ? Number(v.slice(MARK.length)) : v,
  ) as T;
}
