import { formatDuration } from '../lib/duration.ts';
import { durationOf, parsePromql, walk } from '../promql/tree.ts';
import type { Edit } from './expression/edit.ts';

const DURATIONS = new Set(['DurationExpr', 'OffsetDurationExpr']);
const PER_SECOND = /^(rate|irate|deriv)\b/;

/**
 * A query of a run in the stack's own time: what was done to it for a world `speed` times faster,
 * undone. Durations are multiplied, and per-second results not divided any more.
 */
export function inStackTime(expr: string, speed: number): string {
  if (speed === 1) return expr;
  const edits: Edit[] = [];
  walk(parsePromql(expr), (node) => {
    if (DURATIONS.has(node.name) && !DURATIONS.has(node.parent?.name ?? '')) {
      const ms = durationOf(expr, node);
      if (ms !== undefined)
        edits.push({ from: node.from, to: node.to, text: formatDuration(ms * speed) });
    }
    const division = node.name === 'ParenExpr' ? node.getChild('BinaryExpr') : null;
    const [left, right] = [division?.firstChild, division?.lastChild];
    if (!left || !right || !division?.getChild('Div')) return;
    const isDivided = expr.slice(right.from, right.to) === String(speed);
    if (isDivided && PER_SECOND.test(expr.slice(left.from, left.to)))
      edits.push(
        { from: node.from, to: left.from, text: '' },
        { from: left.to, to: node.to, text: '' },
      );
  });
  return edits
    .sort((a, b) => b.from - a.from)
    .reduce((text, edit) => text.slice(0, edit.from) + edit.text + text.slice(edit.to), expr);
}
