import type { GridPos } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Limit } from './limits.ts';
import { runbookUrl } from './links.ts';
import type { Query } from './queries.ts';

/** What every panel has. */
export interface PanelSpec {
  /** Never changed once used: the alerts' `dashboard_url` names it. */
  id: number;
  /** Unique in its dashboard. */
  title: string;
  at: GridPos;
  /** A Grafana unit id, such as `percent` (0 to 100), `s`, `Bps`. */
  unit: string;
  queries: Query[];
  /** Plain words: what it shows, when it is bad, what to look at next. */
  shows: string;
  bad: string;
  next: string;
  limit?: Limit;
  /** Pages in docs/runbooks; the limit's own alert needs no mention. */
  runbooks?: string[];
  decimals?: number;
  min?: number;
  max?: number;
  /** Shown in the place of a value when a query has no answer. */
  noValue?: string;
}

/** The runbooks of a panel, the limit's first. */
export function runbooksOf(panel: PanelSpec): string[] {
  return [
    ...new Set([
      ...(panel.limit?.alert === undefined ? [] : [panel.limit.alert]),
      ...(panel.runbooks ?? []),
    ]),
  ];
}

/** The text behind the panel's "i", in Markdown. */
export function describe(panel: PanelSpec): string {
  const pages = runbooksOf(panel).map((page) => `[${page}](${runbookUrl(page)})`);
  return [
    panel.shows,
    `**Bad:** ${panel.bad}`,
    `**Next:** ${panel.next}`,
    ...(pages.length > 0 ? [`**Runbook:** ${pages.join(', ')}`] : []),
  ].join('\n\n');
}
