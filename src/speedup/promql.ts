import type { SyntaxNode } from '@lezer/common';
import { formatDuration } from '../lib/duration.ts';
import { durationOf, metricNames, parsePromql, walk } from '../promql/tree.ts';

/**
 * Results per second: in a world k times faster they are k times larger, and are divided by k
 * again.
 */
const PER_SECOND = new Set(['Rate', 'Irate', 'Deriv']);
/**
 * Functions that read the clock, the time of a sample or the query's own times, or take seconds as
 * a plain number.
 */
const CLOCK = new Set([
  'Time',
  'Timestamp',
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
const GROUP_MODIFIERS = new Set(['GroupLeft', 'GroupRight']);
/**
 * Where a duration can stand: it is replaced as a whole, so that `[5m + 1m]` isn't divided piece by
 * piece.
 */
const DURATIONS = new Set(['DurationExpr', 'OffsetDurationExpr']);
const ALONE = 'can only be proved at speed 1';

interface Edit {
  from: number;
  to: number;
  text: string;
}

/**
 * An expression in a world `speed` times faster: ranges, offsets and subquery steps divided (whole
 * ms, at least 1), per-second results made per model second. Rewritten on the syntax tree, so that
 * strings, comments, labels and layout stay. At speed 1 the text is returned as it is.
 * @param expr PromQL that parses
 * @param agesOnly whether the time is only read to tell how long ago moments of the real clock are
 * @returns `problem`: why it can only be proved at speed 1; its `expr` isn't to be relied on then
 */
export function speedUpExpr(
  expr: string,
  speed: number,
  agesOnly = false,
): { expr: string; problem?: string } {
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
      if (PER_SECOND.has(called)) edits.push(...divided(node.parent, speed));
      const ahead = called === 'PredictLinear' && aheadOf(node.parent);
      if (ahead) edits.push(...divided(ahead, speed, '(', ')'));
      if (CLOCK.has(called) && !(agesOnly && called === 'Time'))
        alone(`\`${text}()\` reads the clock or takes plain seconds`);
    } else if (node.name === 'StepInvariantExpr') alone('`@` fixes a moment of the real clock');
    // Whatever stands in parentheses behind it would be taken for its labels.
    else if (GROUP_MODIFIERS.has(node.name) && node.nextSibling?.name !== 'GroupingLabels')
      edits.push({ from: node.to, to: node.to, text: ' ()' });
    // `/ 5m` may mean a range of the stack, `> 5m` a time that was measured: nobody can tell.
    else if (
      node.name === 'NumberDurationLiteral' &&
      /^\d+(ms|[smhdwy])/.test(text) &&
      !isAhead(node)
    )
      alone(`\`${text}\` stands for a plain number of seconds`);
  });
  for (const name of agesOnly ? [] : metricNames(expr))
    if (name.endsWith('_timestamp_seconds')) alone(`\`${name}\` is a time of the real clock`);
  return { expr: apply(expr, edits), ...(problem === undefined ? {} : { problem }) };
}

/** A duration in the faster world; an offset may be negative. */
function scaled(ms: number, speed: number, kind: string): string {
  const text = formatDuration(Math.max(1, Math.round(Math.abs(ms) / speed)));
  return ms < 0 && kind === 'OffsetDurationExpr' ? `-${text}` : text;
}

/** @param open what stands around a part that binds weaker than a division */
function divided(part: SyntaxNode, speed: number, open = '', close = ''): Edit[] {
  return [
    { from: part.from, to: part.from, text: `(${open}` },
    { from: part.to, to: part.to, text: `${close} / ${speed})` },
  ];
}

/**
 * How many seconds `predict_linear` looks ahead: its second argument, the one thing that is known
 * to be a time.
 */
function aheadOf(call: SyntaxNode): SyntaxNode | undefined {
  const args = call.lastChild;
  return args?.firstChild === args?.lastChild ? undefined : (args?.lastChild ?? undefined);
}

/** Whether a part belongs to what `predict_linear` looks ahead. */
function isAhead(part: SyntaxNode): boolean {
  for (let node: SyntaxNode | null = part; node; node = node.parent) {
    const call = node.parent?.parent;
    if (call?.firstChild?.firstChild?.name === 'PredictLinear' && aheadOf(call)?.from === node.from)
      return true;
  }
  return false;
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
