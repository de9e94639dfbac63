import type { Matcher } from './ast.ts';

/** What RE2 has and JavaScript writes otherwise; undefined for what one of them doesn't know. */
export function regexOf(pattern: string): RegExp | undefined {
  const flags = /^\(\?([is]+)\)/.exec(pattern);
  const body = (flags ? pattern.slice(flags[0].length) : pattern).replaceAll('(?P<', '(?<');
  try {
    return new RegExp(
      `^(?:${body})$`,
      `${flags?.[1] ?? ''}${flags?.[1]?.includes('s') ? '' : 's'}`,
    );
  } catch {
    return undefined;
  }
}

/** Whether a value passes the matcher; undefined when its regular expression isn't understood. Matchers are anchored at both ends. */
export function passes(matcher: Pick<Matcher, 'op' | 'value'>, value: string): boolean | undefined {
  if (matcher.op === '=') return value === matcher.value;
  if (matcher.op === '!=') return value !== matcher.value;
  const result = regexOf(matcher.value)?.test(value);
  return result === undefined ? undefined : matcher.op === '=~' ? result : !result;
}

/** Whether a series without the label passes; when that can't be said, true. */
export function matchesEmpty(matcher: Pick<Matcher, 'op' | 'value'>): boolean {
  return passes(matcher, '') ?? true;
}

/** Why RE2 refuses a pattern; undefined when it doesn't, or when that isn't certain (github.com/google/re2/wiki/Syntax). */
export function regexProblem(pattern: string): string | undefined {
  const lookaround = /\(\?(?:=|!|<=|<!)/.exec(pattern.replace(/\\./g, '../check'));
  if (lookaround) return `\`${lookaround[0]}\` (looking ahead or behind) isn't known to RE2`;
  const reference = /\\[1-9]/.exec(pattern.replace(/\\\\/g, '../check'));
  if (reference) return `\`${reference[0]}\` (a back reference) isn't known to RE2`;
  if (/\(\?|\\[^\w]|\\[pPQEzAC]|\[\[:/.test(pattern)) return undefined;
  try {
    new RegExp(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error
      ? error.message.replace(/^Invalid regular expression: /, '')
      : undefined;
  }
}
