const SIMPLE: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

/**
 * What a quoted text of PromQL or Go stands for: double and single quotes with escapes, backquotes
 * without (strconv.Unquote).
 */
export function unquote(quoted: string): string {
  const quote = quoted[0] ?? '';
  const inner = quoted.slice(1, quoted.length > 1 && quoted.endsWith(quote) ? -1 : undefined);
  if (quote === '`') return inner;
  return inner.replace(
    /\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|[^])/g,
    (_all, code: string) => {
      const simple = SIMPLE[code];
      if (simple !== undefined) return simple;
      const point = /^[xuU]/.test(code) ? parseInt(code.slice(1), 16) : parseInt(code, 8);
      return Number.isFinite(point) && point <= 0x10ffff ? String.fromCodePoint(point) : code;
    },
  );
}
