import { aboutSection } from './about.ts';
import { alertsSection } from './alerts/section.ts';
import type { ChartData } from './dashboards/chart.ts';
import { dashboardsSection } from './dashboards/section.ts';
import { findingsSection } from './findings.ts';
import { summary, verdictLine } from './head.ts';
import type { HtmlInput } from './input.ts';
import { html, jsonBlock, raw } from './markup.ts';
import { metricsSection } from './metrics.ts';
import { securityPolicy } from './policy.ts';
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
  const charts: Record<string, ChartData> = {};
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${securityPolicy(assets)}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${verdictLine(j)} (${j.stackName}, ${j.runId})</title><link rel="icon" href="data:,"><style>${raw(assets.styles)}</style></head>
<body data-stack="${`${input.stackDir ?? 'stack'}/`}"><a class="skip" href="#main">Skip to the report</a>
${toolbar(PARTS, j.counts.fail + j.counts.inconclusive)}
<main id="main">${summary(input)}${alertsSection(input, axis, charts)}${dashboardsSection(input, axis, charts)}${metricsSection(input)}${findingsSection(input, axis, charts)}${aboutSection(input)}</main>
${helpDialog}
${jsonBlock('charts', charts)}
<script>${raw(assets.script)}</script></body></html>
`;
  return page.text;
}
