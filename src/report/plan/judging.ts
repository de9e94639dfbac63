import { pendingMs } from '../../lib/formulas.ts';
import { formatDuration } from '../../lib/duration.ts';
import type { AlertPlan, Plan } from '../../model/plan.ts';
import { labelled, seconds, wrap } from '../text.ts';
import type { Colors } from '../text.ts';

/** How it is judged: the windows of each alert, from the promise, divided by the speed. */
export function judgingLines(plan: Plan, c: Colors, width: number): string[] {
  const labelWidth = Math.max(...plan.alerts.map((a) => a.alert.length)) + 2;
  const judged = plan.alerts.filter(
    ({ alert }) =>
      alert === plan.watchdog.alert || plan.tracks.some((track) => track.alert === alert),
  );
  const layout = { indent: 2, labelWidth, width };
  const allowance = plan.alerts[0]?.timing.epsilonMs ?? 0;
  return [
    ...judged.flatMap((alert) => labelled(alert.alert, alertText(alert, plan), layout)),
    ...measured(plan, labelWidth, width),
    ...wrap(
      'Times of the run; each may be late by the scrape and the evaluation it waits for, and ' +
        `an allowance of ${formatDuration(allowance)}. See docs/timing.md.`,
      width,
    ).map((line) => c.dim(line)),
  ];
}

function alertText({ alert, receivers, severity, timing }: AlertPlan, { watchdog }: Plan): string {
  const names = receivers.map((r) => r.name).join(' and ');
  if (alert === watchdog.alert)
    return `${names} told at least every ${seconds(watchdog.everyMs)}, or nothing else is judged`;
  return (
    `${severity}: ${formatDuration(pendingMs(timing))} pending, then firing; ${names} ` +
    `told ${formatDuration(timing.groupWaitMs)} later`
  );
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
