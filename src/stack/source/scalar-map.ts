import type { ScalarNode } from './node.ts';

const ESCAPES: Record<string, number> = { x: 4, u: 6, U: 10 };

/**
 * Offset in the file of each character of a scalar's value, and of its end. Blanks and line breaks
 * are folded, indented and chomped in ways that differ by style; all other characters are not: so
 * both texts are walked side by side.
 */
export function scalarMap(file: string, scalar: ScalarNode): number[] {
  const value = String(scalar.value ?? '');
  const { from, to, style } = scalar;
  if (style === 'PLAIN' && to - from === value.length)
    return Array.from({ length: value.length + 1 }, (_, i) => from + i);
  const quoted =
    style === 'QUOTE_DOUBLE' ||
    style === 'QUOTE_SINGLE' ||
    (style === 'JSON' && file[from] === '"');
  const escapes = style === 'QUOTE_DOUBLE' || style === 'JSON';
  const end = quoted && to > from + 1 ? to - 1 : to;
  const block = style === 'BLOCK_LITERAL' || style === 'BLOCK_FOLDED';
  const header = block ? file.indexOf('\n', from) : -1;
  // A block's header (`|-` and a comment) is no part of the text.
  let at = block ? (header < 0 || header >= to ? to : header + 1) : from + (quoted ? 1 : 0);
  const map: number[] = [];
  for (const character of value.split('')) {
    if (!isBlank(character)) {
      while (
        at < end &&
        (isBlank(file[at]) || (escapes && file[at] === '\\' && blankEscape(file[at + 1])))
      )
        at += file[at] === '\\' ? 2 : 1;
      map.push(Math.min(at, end));
      at +=
        escapes && file[at] === '\\'
          ? (ESCAPES[file[at + 1] ?? ''] ?? 2)
          : style === 'QUOTE_SINGLE' && file.startsWith("''", at)
            ? 2
            : 1;
    } else {
      map.push(Math.min(at, end));
      if (at < end && isBlank(file[at])) at++;
      else if (escapes && file[at] === '\\' && blankEscape(file[at + 1])) at += 2;
    }
  }
  map.push(Math.min(at, end));
  return map;
}

function isBlank(character: string | undefined): boolean {
  return character !== undefined && /\s/.test(character);
}

function blankEscape(character: string | undefined): boolean {
  return character !== undefined && /[ntr\s]/.test(character);
}
