import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';

/** The colour functions of a report; without colours each returns its text unchanged. */
export type Colors = ReturnType<typeof pc.createColors>;

/** Colours as the caller decided, not as this process's own terminal would. */
export function colors(enabled: boolean): Colors {
  return pc.createColors(enabled);
}

/** Columns a text takes; the reports use no wide characters. */
export function visibleLength(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}

/** Wider lines than this are hard to read, however wide the terminal is. */
const READABLE = 120;

/** Columns to write prose in. A terminal that doesn't know its width says 0 or undefined. */
export function proseWidth(width: number): number {
  return Math.min(READABLE, tableWidth(width));
}

/** Columns a table may take. */
export function tableWidth(width: number): number {
  return width >= 40 ? width : 100;
}

/**
 * The text's lines, broken at spaces so that none is wider than `width`; not within backticks,
 * unless what stands there is wider by itself.
 * @param cut whether a word that is wider is cut; what will be copied (a query, a path) had better
 * run over
 */
export function wrap(text: string, width: number, cut = true): string[] {
  return text.split('\n').flatMap((line) => {
    const indent = /^ */.exec(line)?.[0] ?? '';
    const room = Math.max(1, width - indent.length);
    const words = wordsOf(line.trim(), room).flatMap((word) => (cut ? pieces(word, room) : [word]));
    const lines: string[] = [];
    let current = indent;
    for (const word of words) {
      const joined = current.trim() === '' ? indent + word : `${current} ${word}`;
      if (visibleLength(joined) > width && current.trim() !== '') {
        lines.push(current);
        current = indent + word;
      } else current = joined;
    }
    return [...lines, current.trimEnd()];
  });
}

/** The words of a line; what stands in backticks is one, for it is read and copied as one. */
function wordsOf(line: string, room: number): string[] {
  const words = line.match(/(?:[^\s`]*`[^`]*`)+[^\s`]*|\S+/g) ?? [''];
  return words.flatMap((word) => (visibleLength(word) > room ? word.split(/ +/) : [word]));
}

/** Behind these a word may be broken: between labels, and between parts of a path. */
const SEAM = /[,;/&|{}()]/;

/** A word that is wider than the lines: broken at a seam where there is one, else anywhere. */
function pieces(word: string, width: number): string[] {
  if (visibleLength(word) <= width) return [word];
  const found: string[] = [];
  let letters = [...word];
  while (letters.length > width) {
    const seam = letters.slice(0, width).findLastIndex((letter) => SEAM.test(letter));
    const end = seam + 1 > width / 3 ? seam + 1 : width;
    found.push(letters.slice(0, end).join(''));
    letters = letters.slice(end);
  }
  return [...found, letters.join('')];
}

/** A labelled text with its further lines below its first one. */
export function labelled(
  label: string,
  text: string,
  layout: {
    indent: number;
    labelWidth: number;
    width: number;
    paint?: (text: string) => string;
    cut?: boolean;
  },
): string[] {
  const { indent, labelWidth, width, cut = true, paint = (t: string) => t } = layout;
  const lines = wrap(text, Math.max(20, width - indent - labelWidth), cut);
  return lines.map((line, i) =>
    `${' '.repeat(indent)}${i === 0 ? paint(label.padEnd(labelWidth)) : ' '.repeat(labelWidth)}${line}`.trimEnd(),
  );
}

/** `1 failure`, `2 failures`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** Seconds with one decimal, for people: `71.2 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/**
 * Drops control characters that a recorded text (a mail, a log line) could smuggle into the
 * terminal; tabs become spaces.
 */
export function harmless(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, '  ')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '');
}
