import type { GridPos } from '@grafana/grafana-foundation-sdk/dashboard';
import {
  AnnotationQueryBuilder,
  DashboardBuilder,
  DashboardCursorSync,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { siblingLinks, TAG } from './links.ts';
import { DATASOURCE } from './queries.ts';
import type { StatSpec } from './stat.ts';

export interface FrameSpec {
  /** Never changed once used: links name it. */
  uid: string;
  title: string;
  description: string;
  tag: string;
  /** How far back one looks at first, such as `now-3h`. */
  from: string;
  /** Alerts whose firing times are marked in every graph. */
  alerts: readonly string[];
}

/** A dashboard without panels: times, links to its siblings, and marks where its alerts fired. */
export function frame({ uid, title, description, tag, from, alerts }: FrameSpec): DashboardBuilder {
  const marks = new AnnotationQueryBuilder()
    .name('Alerts')
    .datasource(DATASOURCE)
    .enable(true)
    .iconColor('red')
    .target(
      new DataqueryBuilder()
        .refId('Anno')
        .expr(firing(alerts))
        .legendFormat('{{alertname}}')
        .interval('30s'),
    )
    .titleFormat('{{alertname}}')
    .textFormat('{{job}} {{instance}}')
    .tagKeys('severity');
  return new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags([TAG, tag])
    .readonly()
    .timezone('browser')
    .time({ from, to: 'now' })
    .refresh('30s')
    .tooltip(DashboardCursorSync.Crosshair)
    .link(siblingLinks())
    .annotation(marks)
    .variables([]);
}

/** The dashboard with its panels, which are drawn in this order. */
export function withPanels(
  dashboard: DashboardBuilder,
  panels: Parameters<DashboardBuilder['withPanel']>[0][],
): DashboardBuilder {
  return panels.reduce((so, panel) => so.withPanel(panel), dashboard);
}

const firing = (alerts: readonly string[]): string =>
  `ALERTS{alertstate="firing", alertname=~"${alerts.join('|')}"}`;

/** The first panel of each dashboard: how many of its alerts fire. */
export function alertsFiring(id: number, at: GridPos, alerts: readonly string[]): StatSpec {
  return {
    id,
    title: 'Alerts Firing',
    at,
    unit: 'none',
    decimals: 0,
    // `or vector(0)`: no series at all is how Prometheus says that nothing fires.
    queries: [{ expr: `count(${firing(alerts)}) or vector(0)`, legend: 'firing' }],
    limit: { value: 1, severity: 'critical', bad: 'above' },
    shows: `How many alerts of this dashboard fire now: ${alerts.join(', ')}.`,
    bad: 'anything but 0. Somebody has been told already.',
    next:
      'the red and orange figures beside it; the marks in the graphs show since when. ' +
      'Prometheus lists the alerts under /alerts.',
    filled: true,
  };
}
