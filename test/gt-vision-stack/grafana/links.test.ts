import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { metricNames, syntaxError } from '../../../src/promql/tree.ts';
import type { Panel } from '../../support/grafana.ts';
import { alertRules, dashboards, provisioned, substituted } from '../../support/grafana.ts';

interface GrafanaRule {
  uid: string;
  title: string;
  dashboardUid: string;
  panelId: number;
  condition: string;
  data: { refId: string; datasourceUid: string; model: { expr?: string; expression?: string } }[];
  annotations: Record<string, string>;
}

const LINK =
  /^http:\/\/grafana:3000\/d\/([\w-]+)\?viewPanel=(\d+)((?:&var-\w+=\{\{ \$labels\.\w+ \| urlquery \}\})*)$/;
const metricsOf = (panel: Panel | undefined): string[] =>
  panel?.targets.flatMap((t) => metricNames(substituted(t.expr))) ?? [];

function follow(url: string): { panel: Panel | undefined; variables: string[]; defined: string[] } {
  const [, uid, id, query = ''] = LINK.exec(url) ?? [];
  const dashboard = dashboards().find((d) => d.uid === uid);
  return {
    panel: dashboard?.panels.find((p) => p.id === Number(id)),
    variables: [...query.matchAll(/var-(\w+)=\{\{ \$labels\.\1 /g)].map((m) => m[1] ?? ''),
    defined: dashboard?.templating.list.map((v) => v.name) ?? [],
  };
}

describe("Prometheus's alerts", () => {
  it.each(alertRules())(
    '$alert leads to a panel that shows its metrics',
    ({ expr, annotations }) => {
      const { panel, variables, defined } = follow(annotations['dashboard_url'] ?? '');
      expect(panel, annotations['dashboard_url']).toBeDefined();
      expect(metricsOf(panel)).toEqual(expect.arrayContaining(metricNames(expr)));
      for (const variable of variables) expect(defined).toContain(variable);
      expect((annotations['dashboard_url']?.match(/&var-/g) ?? []).length).toBe(variables.length);
    },
  );
});

describe("Grafana's own alerts", () => {
  const { groups } = provisioned<{ groups: { folder: string; rules: GrafanaRule[] }[] }>(
    'alerting/gtvision.yaml',
  );
  const rules = groups.flatMap((g) => g.rules);

  it('one for the data source, and one for each dashboard', () => {
    expect(
      rules
        .filter((r) => r.uid !== 'gtv-datasource-unreachable')
        .map((r) => r.dashboardUid)
        .sort(),
    ).toEqual(
      dashboards()
        .map((d) => d.uid)
        .sort(),
    );
    expect(rules.map((r) => r.uid)).toContain('gtv-datasource-unreachable');
    expect(new Set(rules.map((r) => r.uid)).size).toBe(rules.length);
  });

  it.each(rules)('$title links to the panel with its figure, and to a runbook', (rule) => {
    const { panel } = follow(rule.annotations['dashboard_url'] ?? '');
    expect(panel?.id).toBe(rule.panelId);
    expect(rule.annotations).toMatchObject({
      __dashboardUid__: rule.dashboardUid,
      __panelId__: String(rule.panelId),
    });
    expect(rule.annotations['dashboard_url']).toContain(`/d/${rule.dashboardUid}?`);
    const exprs = rule.data.flatMap((d) => d.model.expr ?? []);
    expect(exprs.map(syntaxError)).toEqual([undefined]);
    expect(metricsOf(panel)).toEqual(expect.arrayContaining(exprs.flatMap(metricNames)));
    const page = /\/(docs\/runbooks\/\w+\.md)$/.exec(rule.annotations['runbook_url'] ?? '')?.[1];
    expect(
      existsSync(fileURLToPath(new URL(`../../../${page ?? 'missing'}`, import.meta.url))),
      page,
    ).toBe(true);
  });

  it.each(rules)('$title judges an answer of the provisioned data source', (rule) => {
    const last = rule.data.find((d) => d.refId === rule.condition);
    expect(last).toMatchObject({ datasourceUid: '__expr__' });
    expect(rule.data.find((d) => d.refId === last?.model.expression)).toMatchObject({
      datasourceUid: 'prometheus',
    });
  });
});
