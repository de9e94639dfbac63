import { aboutSection } from './about.ts';
import { alertsSection } from './alerts/section.ts';
import type { Page } from './page.ts';
import { dashboardsSection } from './dashboards/section.ts';
import { documentOf } from './document.ts';
import { findingsSection } from './findings.ts';
import { summary, verdictLine } from './head.ts';
import type { HtmlInput } from './input.ts';
import { html } from './markup.ts';
import { metricsSection } from './metrics.ts';
import type { TimeAxis } from './time.ts';
import { toolbar, helpDialog } from './toolbar.ts';

export type { Assets, HtmlInput, Life } from './input.ts';

const PARTS: [id: string, title: string][] = [
  ['alerts', 'Alerts'],
  ['dashboards', 'Dashboards'],
  ['metrics', 'Metrics'],
  ['findings', 'Findings'],
  ['about', 'About'],
];

/**
 * The whole report as one HTML page that needs nothing else: no server, no network.
 */
export function htmlReport(input: HtmlInput): string {
  const { judgement: j, plan, evidence, assets } = input;
  const axis: TimeAxis = {
    t0: evidence.t0,
    lengthMs: Math.max(1_000, plan.lengthMs),
    speed: plan.speed,
  };
  const page: Page = { input, axis, charts: {} };
  const main = html`${summary(input)}
    ${alertsSection(page)}
    ${dashboardsSection(page)}
    ${metricsSection(input)}
    ${findingsSection(page)}
    ${aboutSection(input)}`;
  return documentOf({
    title: `${verdictLine(j)} (${j.stackName}, ${j.runId})`,
    assets,
    bar: toolbar(PARTS, j.counts.fail + j.counts.inconclusive),
    main,
    help: helpDialog,
    charts: page.charts,
    stackDir: `${input.stackDir ?? 'stack'}/`,
    editor: input.editor,
  });
}
