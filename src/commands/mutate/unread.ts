import type { Stack } from '../../stack/index.ts';

/**
 * Rules of which no mistake is judged, since their expressions can't be read: where, and why.
 * @param only names of what is asked for; none: everything
 */
export function unreadRules({ rules }: Stack, only: readonly string[]): string[] {
  return rules.flatMap(({ kind, name, expression }) => {
    const isAsked =
      only.length === 0 || only.some((one) => [name, `${kind} ${name}`].includes(one));
    if (expression.expr || !isAsked) return [];
    const { from = 0, message = 'it is not understood' } = expression.error ?? {};
    const { file, from: offset } = expression.at({ from, to: from });
    const { line, column } = file.position(offset);
    return [
      `${file.path}:${line}:${column}: the expression of ${kind} ${name} can't be read, so that ` +
        `none of its mistakes is judged: ${message}`,
    ];
  });
}
