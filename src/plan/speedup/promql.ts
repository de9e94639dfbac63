import type { SyntaxNode } from '@lezer/common';
import { formatDuration } from '../../lib/duration.ts';
import { durationOf, metricNames, parsePromql, walk } from '../../promql/tree.ts';

/** Results per second: in a world k times faster they are k times larger, and are divided by k again. */
const PER_SECOND = new Set(['Rate', 'Irate', 'Deriv']);
/** Functions that read the clock, the time of a sample or the query's own times, or take seconds as a plain number. */
const CLOCK = new Set([
  'Time',
  'Timestamp',
  'PredictLinear',
  'Minute',
  'Hour',
  'Month',
  'Year',
  'DayOfMonth',
  'DayOfWeek',
  'DayOfYear',
  'DaysInMonth',
  'TsOfMaxOverTime',
  'TsOfMinOverTime',
  'TsOfLastOverTime',
  'TsOfFirstOverTime',
  'StartFn',
  'EndFn',
  'Range',
  'Step',
]);
/** Where a duration can stand: it is replaced as a whole, so that `[5m + 1m]` isn't divided piece by piece. */
const DURATIONS = new Set(['DurationExpr', 'OffsetDurationExpr']);
const ALONE = 'can only be proved at speed 1';

interface Edit {
  from: number;
  to: number;
  text: string;
}

/**
 * An expression in a world `speed` times faster: ranges, offsets and subquery steps divided (whole ms, at least 1),
 * per-second results made per model second. Rewritten on the syntax tree, so that strings, comments, labels and layout
 * stay. At speed 1 the text is returned as it is.
 * @param expr PromQL that parses
 * @returns `problem`: why it can only be proved at speed 1; its `expr` isn't to be relied on then
 */
export function speedUpExpr(expr: string, speed: number): { expr: string; problem?: string } {
  if (speed === 1) return { expr };
  const edits: Edit[] = [];
  let problem: string | undefined;
  const alone = (why: string): void => void (problem ??= `${why}: it ${ALONE}`);
  walk(parsePromql(expr), (node) => {
    const text = expr.slice(node.from, node.to);
    if (DURATIONS.has(node.name) && !DURATIONS.has(node.parent?.name ?? '')) {
      const ms = durationOf(expr, node);
      if (ms === undefined) alone(`the duration \`${text}\` is computed`);
      else if (ms !== 0)
        edits.push({ from: node.from, to: node.to, text: scaled(ms, speed, node.name) });
    } else if (node.name === 'FunctionIdentifier' && node.firstChild && node.parent) {
      const called = node.firstChild.name;
      if (PER_SECOND.has(called)) edits.push(...perSecond(node.parent, speed));
      if (CLOCK.has(called)) alone(`\`${text}()\` reads the clock or takes plain seconds`);
    } else if (node.name === 'StepInvariantExpr') alone('`@` fixes a moment of the real clock');
    // `/ 5m` may mean a range of the stack, `> 5m` a time that was measured: nobody can tell.
    else if (node.name === 'NumberDurationLiteral' && /^\d+(ms|[smhdwy])/.test(text))
      alone(`\`${text}\` stands for a plain number of seconds`);
  });
  for (const name of metricNames(expr))
    if (name.endsWith('_timestamp_seconds')) alone(`\`${name}\` is a time of the real clock`);
  return { expr: apply(expr, edits), ...(problem === undefined ? {} : { problem }) };
}

/** A duration in the faster world; an offset may be negative. */
function scaled(ms: number, speed: number, kind: string): string {
  const text = formatDuration(Math.max(1, Math.round(Math.abs(ms) / speed)));
  return ms < 0 && kind === 'OffsetDurationExpr' ? `-${text}` : text;
}

function perSecond(call: SyntaxNode, speed: number): Edit[] {
  return [
    { from: call.from, to: call.from, text: '(' },
    { from: call.to, to: call.to, text: ` / ${speed})` },
  ];
}

/** Applies edits that don't overlap. */
function apply(text: string, edits: Edit[]): string {
  let out = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.from - b.from)) {
    out += text.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return out + text.slice(at);
}
