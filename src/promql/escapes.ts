/**
 * What may follow a backslash in a quoted text (promql/parser/lex.go, `lexEscape`), the quote
 * itself beside it.
 */
const ESCAPE = /^(?:[abfnrtv\\]|[0-7]{3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/;

/**
 * Where a quoted text has a backslash that Prometheus doesn't understand, as in `"\.log"`: it
 * refuses the whole rule file. Undefined when all is well; backquotes know no escapes.
 * @returns the offset of the backslash, and what to write
 */
export function wrongEscape(quoted: string): { at: number; message: string } | undefined {
  const quote = quoted[0] ?? '';
  if (quote === '`') return undefined;
  for (let at = 1; at < quoted.length - 1; at++) {
    if (quoted[at] !== '\\') continue;
    const rest = quoted.slice(at + 1);
    const length = rest.startsWith(quote) ? 1 : ESCAPE.exec(rest)?.[0].length;
    if (length === undefined) {
      const sign = String.fromCodePoint(rest.codePointAt(0) ?? 0);
      return { at, message: `there is no escape \`\\${sign}\`; \`\\\\${sign}\` is meant` };
    }
    at += length;
  }
  return undefined;
}
