import { pendingMs } from '../lib/formulas.ts';
import { formatDuration } from '../lib/duration.ts';
import type { Plan } from '../model/plan.ts';
import type { Track } from '../model/track.ts';
import { expectationCount } from './plan-count.ts';
import { trackTable } from './plan-table.ts';
import { slowWatchdog } from './slow-watchdog.ts';
import { colors, count, labelled, proseWidth, seconds, wrap } from './text.ts';
import type { Colors } from './text.ts';

/** What each phase is, in the order of the table. */
const LEGEND: [string, string][] = [
  ['settle', 'the world stands still until the widest window has filled'],
  ['near', 'just on the quiet side of the limit, for longer than `for`: nothing may fire'],
  ['blip', 'over the limit for less than `for` (a component: frozen): pending, never firing'],
  ['rest', 'back to calm, until nothing of the blip is left in the window'],
  ['prov.', 'provoke: the follower is raised, the alert that the outage must keep quiet'],
  ['over', 'over the limit (a component: stopped) until everybody is told'],
  ['back', 'calm again (a component: started) until everybody is told of the end'],
];

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
    [c.bold('What will be started'), ...started(plan, c, width)].join('\n'),
    ...(plan.tracks.length === 0 ? [nothingProvoked(c, width)] : tracks(plan, c, width)),
    [c.bold('How it is judged'), ...expectations(plan, c, width)].join('\n'),
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

/** What is done, when, and what the names of the phases mean: a block of lines each. */
function tracks(plan: Plan, c: Colors, width: number): string[] {
  const units =
    plan.speed === 1
      ? 'Seconds.'
      : "Above: seconds of the run. Below: the stack's own time, minutes:seconds.";
  const when =
    'A track is the life of one alert in the run; tracks run side by side. Times count from T0, ' +
    `when all targets are up and the Watchdog has arrived. ${units}`;
  const layout = { indent: 2, labelWidth: 8, width, paint: c.dim };
  return [
    [c.bold('What is done'), ...stimuli(plan, c, width)].join('\n'),
    [c.bold('When'), ...wrap(when, width), '', trackTable(plan, c)].join('\n'),
    LEGEND.flatMap(([label, text]) => labelled(label, text, layout)).join('\n'),
  ];
}

function started(plan: Plan, c: Colors, width: number): string[] {
  const lines = plan.jobs.flatMap((job) =>
    labelled(
      job.name,
      `${job.target}${job.metricsPath === '/metrics' ? '' : job.metricsPath}, ` +
        `${job.component}${job.toldBySilence === null ? '' : '; its outage is told by the silence of the Watchdog'}`,
      { indent: 2, labelWidth: 14, width },
    ),
  );
  const receivers = [
    ...new Map(
      plan.alerts.flatMap((a) =>
        a.receivers.map((r) => [r.name, r.kind === r.name ? r.name : `${r.name} (${r.kind})`]),
      ),
    ).values(),
  ];
  const perSecond = Object.values(plan.load.arrivals)
    .map(({ title, perSecond: n }) => `${title} ${round(n)}/s`)
    .join(', ');
  return [
    ...lines,
    ...labelled(
      'receivers',
      `${receivers.join(', ')}: the harness's own, in the place of the real ones`,
      { indent: 2, labelWidth: 14, width },
    ),
    ...labelled('load', `k6: ${perSecond}`, {
      indent: 2,
      labelWidth: 14,
      width,
    }),
    ...wrap(
      'All of it in a network and process space of its own: no port of this machine is used, nothing leaves it.',
      width,
    ).map((line) => c.dim(line)),
  ];
}

function stimuli(plan: Plan, c: Colors, width: number): string[] {
  const labelWidth = Math.max(...plan.tracks.map((t) => t.id.length), 10) + 2;
  return plan.tracks
    .filter((t) => t.id === t.alert || t.follower)
    .flatMap((track) => labelled(track.id, stimulus(track), { indent: 2, labelWidth, width }))
    .concat(
      wrap(
        "Levels: shares of 1, counts, or events a second of the stack's own time. Components: 1 " +
          'running, 0.5 frozen, 0 stopped.',
        width,
      ).map((line) => c.dim(line)),
    );
}

function stimulus(track: Track): string {
  if (track.follower)
    return `${track.follower.alert} is provoked first (${track.follower.signal}), then the component is stopped`;
  const level = (phase: string): string => {
    const step = track.steps.findLast((s) => s.phase === phase);
    return step ? round(step.level) : '–';
  };
  return (
    `${track.signal ?? ''}: near ${level('near')}, blip ${level('blip')}, over ` +
    `${level('breach')}, calm ${level('recovery')}`
  );
}

/** The windows of each alert: from the promise, divided by the speed. */
function expectations(plan: Plan, c: Colors, width: number): string[] {
  const labelWidth = Math.max(...plan.alerts.map((a) => a.alert.length)) + 2;
  const judged = plan.alerts.filter(
    (alert) =>
      alert.alert === plan.watchdog.alert ||
      plan.tracks.some((track) => track.alert === alert.alert),
  );
  const lines = judged.flatMap((alert) => {
    const receivers = alert.receivers.map((r) => r.name).join(' and ');
    const t = alert.timing;
    const text =
      alert.alert === plan.watchdog.alert
        ? `${receivers} told at least every ${seconds(plan.watchdog.everyMs)}, or nothing else is judged`
        : `${alert.severity}: ${formatDuration(pendingMs(t))} pending, then firing; ${receivers} ` +
          `told ${formatDuration(t.groupWaitMs)} later`;
    return labelled(alert.alert, text, { indent: 2, labelWidth, width });
  });
  const allowance = plan.alerts[0]?.timing.epsilonMs ?? 0;
  return [
    ...lines,
    ...measured(plan, labelWidth, width),
    ...wrap(
      'Times of the run; each may be late by the scrape and the evaluation it waits for, and ' +
        `an allowance of ${formatDuration(allowance)}. See docs/timing.md.`,
      width,
    ).map((line) => c.dim(line)),
  ];
}

/** Metrics and panels: all of them counted, a part by its names. */
function measured(plan: Plan, labelWidth: number, width: number): string[] {
  const metrics = plan.metrics.filter((metric) => metric.selected).map((metric) => metric.name);
  const panels = plan.panels.map((panel) => panel.id);
  const named = (names: string[]): string =>
    plan.selection === null ? `all ${names.length}` : names.join(', ');
  const layout = { indent: 2, labelWidth, width };
  return [
    ...(metrics.length === 0
      ? []
      : labelled(
          'metrics',
          `${named(metrics)}: there, of the promised type, with exactly the promised labels and no ` +
            'more series, exported by nobody else; their values are what was done, where it is known ' +
            'from outside',
          layout,
        )),
    ...(panels.length === 0
      ? []
      : labelled(
          'panels',
          `${named(panels)}: every query has data, a legend that tells the curves apart, values ` +
            'that fit the unit, and shows what was done',
          layout,
        )),
  ];
}

function criticalPath(plan: Plan, totalMs: number): string[] {
  const rows: [string, number][] = [
    ...plan.criticalPath.map((entry): [string, number] => [entry.name, entry.ms]),
    ['total', totalMs],
  ];
  const widest = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, ms]) => `  ${name.padEnd(widest)}  ${seconds(ms).padStart(9)}`);
}

/** Three digits, but no whole number is rounded: 1,001 messages are over a limit of 1,000. */
function round(value: number): string {
  return Number.isInteger(value) ? String(value) : Number(value.toPrecision(3)).toString();
}
