import type { Scalar } from 'yaml';

/**
 * Where in the file a character of a YAML text stands. Blanks and line breaks are folded, indented and chomped in ways
 * that differ by style, all other characters are not: so those are counted, and an escape counts as what it stands for.
 * @param offset into the scalar's value; at or beyond its end gives the place behind its last character
 */
export function sourceOffset(file: string, scalar: Scalar<string>, offset: number): number {
  const [start, end] = scalar.range ?? [0, 0];
  const quoted = scalar.type === 'QUOTE_DOUBLE' || scalar.type === 'QUOTE_SINGLE';
  const block = scalar.type === 'BLOCK_LITERAL' || scalar.type === 'BLOCK_FOLDED';
  const lineEnd = file.indexOf('\n', start);
  // A block's header (`|-` and a comment) is no part of the text.
  let at = block ? (lineEnd < 0 || lineEnd >= end ? end : lineEnd + 1) : start + (quoted ? 1 : 0);
  let left = visible(scalar.value.slice(0, offset));
  let last = at;
  for (; at < end && (left > 0 || isBlank(file[at])); at++) {
    if (isBlank(file[at])) continue;
    if (scalar.type === 'QUOTE_SINGLE' && file.startsWith("''", at)) at++;
    if (scalar.type === 'QUOTE_DOUBLE' && file[at] === '\\') {
      const length = { x: 4, u: 6, U: 10 }[file[at + 1] ?? ''] ?? 2;
      at += length - 1;
      // An escaped blank or line break is none that was counted.
      if (/[ntr\s]/.test(file[at - length + 2] ?? '')) continue;
    }
    left--;
    last = at + 1;
  }
  const behind = at >= end - (quoted ? 1 : 0) || visible(scalar.value.slice(offset)) === 0;
  return behind ? last : at;
}

function visible(text: string): number {
  return text.replace(/\s/g, '').length;
}

function isBlank(character: string | undefined): boolean {
  return character === undefined || /\s/.test(character);
}
