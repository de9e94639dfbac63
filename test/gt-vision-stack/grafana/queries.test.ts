import type { SyntaxNode } from '@lezer/common';
import { describe, expect, it } from 'vitest';
import { metricNames, parsePromql, syntaxError, walk } from '../../../src/promql/tree.ts';
import { readSpec } from '../../../src/spec/index.ts';
import { dashboards, substituted } from '../../support/grafana.ts';
import { STACK } from '../../support/stack-copy.ts';

const { contract } = await readSpec(STACK);
/** Prometheus makes these itself. */
const BUILT_IN = ['up', 'ALERTS'];
/**
 * The specification fixes the range of the hourly figure; an alert's own window is shown as it is.
 */
const FIXED_RANGE = [
  'Plates Last Hour',
  'LPR Events/Hour',
  'Recording Errors',
  'Recording Errors Now',
];

/** Labels of a result, and those among them that tell its series apart. */
function labelsOf(expr: string): { all: string[]; distinguishing: string[] } {
  let outermost: SyntaxNode | undefined;
  walk(parsePromql(expr), (node) => {
    if (node.name === 'AggregateExpr') outermost ??= node;
  });
  const grouping = outermost
    ?.getChild('AggregateModifier')
    ?.getChild('GroupingLabels')
    ?.getChildren('LabelName')
    .map((n) => expr.slice(n.from, n.to));
  const own = metricNames(expr).flatMap(
    (name) => contract.metrics.find((m) => m.name === name)?.labels ?? [],
  );
  const all = outermost ? (grouping ?? []) : [...new Set(['job', 'instance', ...own])];
  // An instance belongs to one job, a mount to one device.
  const implied = [
    'le',
    ...(all.includes('instance') ? ['job'] : []),
    ...(all.includes('mountpoint') ? ['device', 'device_error', 'fstype'] : []),
  ];
  return { all, distinguishing: all.filter((label) => !implied.includes(label)) };
}

describe.each(dashboards())('$title', (dashboard) => {
  const targets = dashboard.panels.flatMap((panel) =>
    panel.targets.map((target) => ({ panel, target, name: `${panel.title} ${target.refId}` })),
  );

  it.each(targets)('$name parses and asks for promised metrics only', ({ target }) => {
    const expr = substituted(target.expr);
    expect(syntaxError(expr), expr).toBeUndefined();
    const promised = [
      ...BUILT_IN,
      ...contract.metrics.flatMap((m) =>
        m.type === 'histogram' ? [`${m.name}_bucket`] : [m.name],
      ),
    ];
    for (const metric of metricNames(expr)) expect(promised).toContain(metric);
  });

  it.each(targets)(
    '$name: a rate follows the zoom, unless its range is promised',
    ({ panel, target }) => {
      const ranges = [...target.expr.matchAll(/\[([^\]]+)\]/g)].map((m) => m[1]);
      for (const range of ranges)
        expect(range).toEqual(
          FIXED_RANGE.includes(panel.title)
            ? expect.stringMatching(/^\d+[mh]$/)
            : '$__rate_interval',
        );
    },
  );

  it.each(targets)('$name: asked once for a pie, over time for the rest', ({ panel, target }) => {
    expect({ instant: target.instant, range: target.range }).toEqual(
      panel.type === 'piechart' ? { instant: true, range: false } : { instant: false, range: true },
    );
  });

  it.each(targets)(
    '$name: the legend names what tells its series apart, and nothing that is aggregated away',
    ({ target }) => {
      const shown = [...target.legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]);
      const { all, distinguishing } = labelsOf(substituted(target.expr));
      expect(shown).toEqual(expect.arrayContaining(distinguishing));
      expect(all).toEqual(expect.arrayContaining(shown));
    },
  );

  it('the legends of a panel differ', () => {
    for (const panel of dashboard.panels)
      expect(new Set(panel.targets.map((t) => t.legendFormat)).size, panel.title).toBe(
        panel.targets.length,
      );
  });

  it('every variable is used, every used one is defined, and all of them mean several values', () => {
    const texts = [
      ...targets.map((t) => t.target.expr),
      ...dashboard.templating.list.map((v) => v.definition),
      ...dashboard.annotations.list.map((a) => a.target.expr),
    ];
    const used = new Set(
      texts.flatMap((text) => [...text.matchAll(/\$(?!__)(\w+)/g)].map((m) => m[1] ?? '')),
    );
    expect([...used].sort()).toEqual(dashboard.templating.list.map((v) => v.name).sort());
    for (const text of texts)
      expect(text.replaceAll(/=~"\$\w+"/g, '').replaceAll('$__rate_interval', '')).not.toContain(
        '$',
      );
    for (const { multi, includeAll } of dashboard.templating.list)
      expect({ multi, includeAll }).toEqual({ multi: true, includeAll: true });
  });

  it('marks the times of alerts with an expression that parses', () => {
    expect(dashboard.annotations.list.map((a) => syntaxError(a.target.expr))).toEqual([undefined]);
  });
});
