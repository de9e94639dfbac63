import { wrap } from '../text.ts';
import type { Colors } from '../text.ts';

/** A mark for each outcome of a step, a need and a comparison. */
export const MARKS = {
  pass: '✓',
  fail: '✗',
  inconclusive: '?',
  holds: '✓',
  breaks: '✗',
  invalid: '?',
};
/** A text behind the mark of its outcome. */
export function markedLine(
  outcome: 'pass' | 'fail' | 'inconclusive',
  text: string,
  c: Colors,
  width: number,
): string {
  return wrap(`${MARKS[outcome]} ${text}`, width)
    .map((part, i) =>
      i === 0 ? part.replace(MARKS[outcome], paint(outcome, MARKS[outcome], c)) : `  ${part}`,
    )
    .join('\n');
}

/** In the colour of an outcome. */
export function paint(outcome: keyof typeof MARKS, text: string, c: Colors): string {
  if (outcome === 'pass' || outcome === 'holds') return c.green(text);
  return outcome === 'fail' || outcome === 'breaks' ? c.red(text) : c.yellow(text);
}
