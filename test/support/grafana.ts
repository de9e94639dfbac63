import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { STACK } from './stack-copy.ts';

/**
 * What the tests look at of a dashboard file; the whole form is checked in
 * test/gt-vision-stack/grafana/schema.test.ts.
 */
export interface Dashboard {
  uid: string;
  title: string;
  schemaVersion: number;
  tags: string[];
  refresh: string;
  time: { from: string; to: string };
  templating: { list: { name: string; multi: boolean; includeAll: boolean; definition: string }[] };
  annotations: { list: { target: { expr: string } }[] };
  panels: Panel[];
}

export interface Panel {
  id: number;
  type: string;
  title: string;
  description: string;
  datasource: { uid: string };
  gridPos: { x: number; y: number; w: number; h: number };
  links: { url: string }[];
  targets: {
    refId: string;
    expr: string;
    legendFormat: string;
    instant: boolean;
    range: boolean;
    datasource: { uid: string };
  }[];
  fieldConfig: {
    defaults: { unit: string; thresholds?: { steps: { value: number | null; color: string }[] } };
  };
}

export interface AlertRule {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: Record<string, string>;
}

const DASHBOARDS = join(STACK, 'grafana', 'dashboards');
const ALERTS = join(STACK, 'prometheus', 'alerts');

/** The committed dashboard files, by name. */
export function dashboardTexts(): { name: string; text: string }[] {
  return readdirSync(DASHBOARDS)
    .sort()
    .map((name) => ({ name, text: readFileSync(join(DASHBOARDS, name), 'utf8') }));
}

export function dashboards(): Dashboard[] {
  return dashboardTexts().map(({ text }) => JSON.parse(text) as Dashboard);
}

/** A file of provisioning/, as Grafana's YAML reader sees it. */
export function provisioned<T>(path: string): T {
  return parse(readFileSync(join(STACK, 'grafana', 'provisioning', path), 'utf8')) as T;
}

/** Prometheus's alert rules, of all files. */
export function alertRules(): AlertRule[] {
  return readdirSync(ALERTS).flatMap((name) =>
    (
      parse(readFileSync(join(ALERTS, name), 'utf8')) as { groups: { rules: AlertRule[] }[] }
    ).groups.flatMap((g) => g.rules),
  );
}

/** What Grafana sends with everything chosen. */
export function substituted(expr: string): string {
  return expr.replaceAll('$__rate_interval', '1m').replace(/\$(\w+)/g, '.+');
}
