import type { Plan } from '../../model/plan.ts';
import { colors, count, proseWidth, seconds, wrap } from '../text.ts';
import type { Colors } from '../text.ts';
import { doneBlocks } from './done.ts';
import { expectationCount } from './expectation-count.ts';
import { judgingLines } from './judging.ts';
import { slowWatchdog } from './slow-watchdog.ts';
import { startedLines } from './started.ts';

/**
 * The plan for a reader who has never seen one: what will be started, what is done when, how it is
 * judged, and how long it takes. Nothing is started by it.
 */
export function planText(plan: Plan, options: { color: boolean; width: number }): string {
  const c = colors(options.color);
  const width = proseWidth(options.width);
  const totalMs = plan.criticalPath.reduce((sum, entry) => sum + entry.ms, 0);
  const slow = slowWatchdog(plan);
  return [
    summary(plan, c, width, totalMs),
    [c.bold('What will be started'), ...startedLines(plan, c, width)].join('\n'),
    ...(plan.tracks.length === 0 ? [nothingProvoked(c, width)] : doneBlocks(plan, c, width)),
    [c.bold('How it is judged'), ...judgingLines(plan, c, width)].join('\n'),
    [c.bold('Critical path: what has to wait for each other'), ...criticalPath(plan, totalMs)].join(
      '\n',
    ),
    ...(slow === undefined ? [] : [wrap(slow, width).join('\n')]),
  ].join('\n\n');
}

/** What there is to prove, and how long it takes. */
function summary(plan: Plan, c: Colors, width: number, totalMs: number): string {
  const { speed, selection, panels } = plan;
  const scale =
    speed === 1
      ? 'At real time.'
      : `At speed ${speed}: every duration of the stack is divided by ${speed}, ` +
        `so 1 s of the run is ${speed} s of the stack's own time.`;
  const dashboards = new Set(panels.map((panel) => panel.dashboard)).size;
  const metrics = plan.metrics.filter((metric) => metric.selected).length;
  const parts = [
    ...(plan.tracks.length > 0
      ? [
          `${count(plan.tracks.length, 'track')} with ${count(expectationCount(plan), 'expectation')}`,
        ]
      : []),
    ...(metrics > 0 ? [count(metrics, 'metric')] : []),
    ...(panels.length > 0
      ? [`${count(panels.length, 'panel')} in ${count(dashboards, 'dashboard')}`]
      : []),
  ];
  const name = `Plan for the stack "${plan.stackName}"${selection === null ? '' : `, only ${selection}`}`;
  const first =
    `${name}: ${parts.join(', ')}; about ${seconds(totalMs)}. ` +
    'Nothing is started by printing it.';
  return [...wrap(first, width).map((line) => c.bold(line)), ...wrap(scale, width)].join('\n');
}

function nothingProvoked(c: Colors, width: number): string {
  const text =
    'No alert is provoked. The levels of an ordinary day are moved, ' +
    'so that metrics and panels have something to show.';
  return [c.bold('What is done'), ...wrap(text, width)].join('\n');
}

function criticalPath(plan: Plan, totalMs: number): string[] {
  const rows: [string, number][] = [
    ...plan.criticalPath.map((entry): [string, number] => [entry.name, entry.ms]),
    ['total', totalMs],
  ];
  const widest = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, ms]) => `  ${name.padEnd(widest)}  ${seconds(ms).padStart(9)}`);
}
