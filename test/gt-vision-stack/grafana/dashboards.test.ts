import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { dashboardFiles } from '../../../scripts/dashboards/all.ts';
import type { Panel } from '../../support/grafana.ts';
import { dashboardTexts, dashboards } from '../../support/grafana.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** The panels that the specification promises, by dashboard. */
const PROMISED: Record<string, string[]> = {
  'System Overview': ['CPU Usage %', 'Memory Usage %', 'Disk Usage %', 'Network I/O', 'Disk I/O'],
  'Application Metrics': [
    'Request Rate',
    'Response Time p50',
    'Response Time p95',
    'Response Time p99',
    'Error Rate %',
    'Active Connections',
  ],
  'Business Metrics': [
    'Active Streams',
    'Recordings in Progress',
    'LPR Events/Hour',
    'Cameras Status',
  ],
  Infrastructure: [
    'PostgreSQL Connections',
    'Redis Hit Rate',
    'RabbitMQ Queue Size',
    'MinIO Storage in Use',
    'Targets Up',
  ],
};
/** Panels that Grafana contains and that need no Angular. */
const CORE = ['stat', 'timeseries', 'piechart', 'state-timeline'];

const unique = (values: unknown[]): unknown[] => [...new Set(values)];
const overlap = (a: Panel['gridPos'], b: Panel['gridPos']): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

it('the committed files are what the builders make (else: npm run dashboards)', () => {
  expect(dashboardTexts()).toEqual(dashboardFiles());
});

it('there are the four of the specification, each with a uid of its own', () => {
  expect(
    dashboards()
      .map((d) => d.title)
      .sort(),
  ).toEqual(Object.keys(PROMISED).sort());
  const uids = dashboards().map((d) => d.uid);
  expect(unique(uids)).toEqual(uids);
});

describe.each(dashboards())('$title', ({ title, panels, ...dashboard }) => {
  it('has the promised panels', () => {
    expect(panels.map((p) => p.title)).toEqual(expect.arrayContaining(PROMISED[title] ?? []));
  });

  it('is the dashboard itself, of a current schema, and opens with a time and a refresh', () => {
    expect(dashboard).not.toHaveProperty('dashboard');
    expect(dashboard).not.toHaveProperty('id');
    expect(dashboard.schemaVersion).toBeGreaterThanOrEqual(42);
    expect(dashboard).toMatchObject({
      refresh: '30s',
      time: { from: expect.stringMatching(/^now-\d+h$/) as string, to: 'now' },
    });
    expect(dashboard.tags).toContain('gt-vision');
  });

  it('no id and no title stands twice', () => {
    for (const values of [panels.map((p) => p.id), panels.map((p) => p.title)])
      expect(unique(values)).toEqual(values);
  });

  it('no panel lies over another or beside the grid, and none hangs below a hole', () => {
    for (const [i, a] of panels.entries()) {
      expect(a.gridPos.x + a.gridPos.w, a.title).toBeLessThanOrEqual(24);
      for (const b of panels.slice(i + 1))
        expect(overlap(a.gridPos, b.gridPos), `${a.title} and ${b.title}`).toBe(false);
    }
    const area = panels.reduce((sum, p) => sum + p.gridPos.w * p.gridPos.h, 0);
    expect(area).toBe(24 * Math.max(...panels.map((p) => p.gridPos.y + p.gridPos.h)));
  });

  it('begins with figures: what is wrong is seen without scrolling', () => {
    const first = panels.filter((p) => p.gridPos.y === 0);
    expect(first.map((p) => p.type)).toEqual(first.map(() => 'stat'));
    expect(first[0]?.title).toBe('Alerts Firing');
  });

  it.each(panels)('$title: type, unit, description, data source, runbooks', (panel) => {
    expect(CORE).toContain(panel.type);
    expect(panel.fieldConfig.defaults.unit).toMatch(/^\w+$/);
    expect(panel.description).toMatch(/^[^]{20,}\*\*Bad:\*\*[^]+\*\*Next:\*\*[^]+/);
    for (const datasource of [panel.datasource, ...panel.targets.map((t) => t.datasource)])
      expect(datasource).toEqual({ type: 'prometheus', uid: 'prometheus' });
    for (const link of panel.links) expect(link.url).toMatch(/\/docs\/runbooks\/\w+\.md$/);
    if (panel.title !== 'Alerts Firing') expect(panel.links.length).toBeGreaterThan(0);
  });

  it.each(
    panels
      .flatMap((p) => p.links.map((l) => l.url))
      .filter((url, i, all) => all.indexOf(url) === i),
  )('%s is there', (url) => {
    expect(existsSync(join(ROOT, 'docs', 'runbooks', url.split('/').at(-1) ?? ''))).toBe(true);
  });
});
