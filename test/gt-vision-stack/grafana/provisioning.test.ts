import { expect, it } from 'vitest';
import { readSpec } from '../../../src/spec/index.ts';
import { parseDurationMs } from '../../../src/lib/duration.ts';
import { dashboards, provisioned } from '../../support/grafana.ts';
import { STACK } from '../../support/stack-copy.ts';

const { prometheus } = await readSpec(STACK);
const alerting = provisioned<{
  contactPoints: { name: string; receivers: { type: string; settings: { url: string } }[] }[];
  policies: { receiver: string; group_interval: string; repeat_interval: string }[];
  groups: { folder: string; interval: string }[];
}>('alerting/gtvision.yaml');

it('the data source is the one that panels name, and knows the scrape interval', () => {
  const { datasources } = provisioned<{
    datasources: {
      uid: string;
      url: string;
      isDefault: boolean;
      editable: boolean;
      jsonData: { timeInterval: string };
    }[];
  }>('datasources/prometheus.yaml');
  expect(datasources).toMatchObject([
    {
      type: 'prometheus',
      uid: dashboards()[0]?.panels[0]?.datasource.uid,
      isDefault: true,
      editable: false,
      jsonData: { httpMethod: 'POST' },
    },
  ]);
  expect(parseDurationMs(datasources[0]?.jsonData.timeInterval ?? '')).toBe(
    prometheus.scrapeIntervalMs,
  );
  // Prometheus scrapes itself under this very address.
  expect(datasources[0]?.url).toBe(
    `http://${prometheus.jobs.find((j) => j.name === 'prometheus')?.targets[0] ?? ''}`,
  );
});

it('dashboards come from files into one folder, and cannot be changed in the browser', () => {
  const { providers } = provisioned<{ providers: Record<string, unknown>[] }>(
    'dashboards/gtvision.yaml',
  );
  expect(providers).toMatchObject([
    {
      type: 'file',
      folder: alerting.groups[0]?.folder,
      allowUiUpdates: false,
      options: { path: '/etc/grafana/dashboards' },
    },
  ]);
});

it("Grafana's alerts go to the Alertmanager that Prometheus uses", () => {
  const names = alerting.contactPoints.map((c) => c.name);
  for (const policy of alerting.policies) expect(names).toContain(policy.receiver);
  expect(alerting.contactPoints.flatMap((c) => c.receivers.map((r) => r.settings.url))).toEqual(
    prometheus.alertmanagers.map((a) => `http://${a}`),
  );
});

it('an alert is sent again before Alertmanager takes it for over', () => {
  // Grafana sends an end four evaluations ahead (ngalert/state/state.go, nextEndsTime), and flushes
  // a group every group_interval.
  for (const { group_interval, repeat_interval } of alerting.policies) {
    const longest =
      (parseDurationMs(group_interval) ?? NaN) + (parseDurationMs(repeat_interval) ?? NaN);
    for (const group of alerting.groups)
      expect(longest).toBeLessThan(4 * (parseDurationMs(group.interval) ?? 0));
  }
});
