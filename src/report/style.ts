import pc from 'picocolors';
import type { Outcome } from '../model/verdict.ts';

/** Colour functions that do nothing when colours are off. */
export function colors(on: boolean): ReturnType<typeof pc.createColors> {
  return pc.createColors(on);
}

/** The sign of an outcome. */
export const SIGN: Record<Outcome, string> = { pass: '✓', fail: '✗', inconclusive: '?' };

/** Text in lines of at most `width` columns, broken at blanks, each after the first indented. */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && line.length + word.length + 1 > width) {
        lines.push(line);
        line = '';
      }
      line = line === '' ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines.join(`\n${indent}`);
}
