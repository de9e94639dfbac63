import { formatDuration, parseDurationMs } from '../../lib/duration.ts';
import { parsePromql, walk } from '../../lib/promql.ts';

/** Results per second: in a world k times faster they are k times larger, and are divided by k again. */
const PER_SECOND = new Set(['Rate', 'Irate', 'Deriv']);
/** Functions that read the clock or take seconds as a plain number: their results can't be scaled. */
const CLOCK = new Set(['Time', 'Timestamp', 'PredictLinear', 'Minute', 'Hour', 'Month', 'Year', 'DayOfMonth', 'DayOfWeek', 'DayOfYear', 'DaysInMonth']);

interface Edit {
  from: number;
  to: number;
  text: string;
}

/**
 * An expression in a world `speed` times faster: ranges, offsets and subquery steps divided, per-second results
 * made per model second. Rewritten on the syntax tree, so that strings, comments and labels stay as they are.
 * `problem` says why an expression can only be proved at speed 1.
 */
export function speedUpExpr(expr: string, speed: number): { expr: string; problem?: string } {
  if (speed === 1) return { expr };
  const edits: Edit[] = [];
  let problem: string | undefined;
  walk(parsePromql(expr), (node) => {
    const text = expr.slice(node.from, node.to);
    if (node.name === 'NumberDurationLiteralInDurationContext') {
      const ms = parseDurationMs(text) ?? Number(text) * 1000;
      if (Number.isFinite(ms)) edits.push({ from: node.from, to: node.to, text: formatDuration(Math.max(1, ms / speed)) });
      else problem ??= `the duration \`${text}\` is not a constant`;
    } else if (node.name === 'FunctionIdentifier' && node.firstChild) {
      const call = node.parent;
      if (PER_SECOND.has(node.firstChild.name) && call) {
        edits.push({ from: call.from, to: call.from, text: '(' }, { from: call.to, to: call.to, text: ` / ${speed})` });
      }
      if (CLOCK.has(node.firstChild.name)) problem ??= `\`${text}()\` reads the clock or takes plain seconds`;
    } else if (node.name === 'StepInvariantExpr') problem ??= '`@` fixes a moment in time';
    else if (node.name === 'Identifier' && text.endsWith('_timestamp_seconds')) problem ??= `\`${text}\` is a time of the real clock`;
  });
  return { expr: apply(expr, edits), ...(problem === undefined ? {} : { problem }) };
}

/** Applies edits that don't overlap; of two insertions at one place, closing ones come first. */
function apply(text: string, edits: Edit[]): string {
  const closing = (e: Edit): number => (e.text.endsWith(')') ? 0 : 1);
  let out = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.from - b.from || closing(a) - closing(b))) {
    out += text.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return out + text.slice(at);
}
