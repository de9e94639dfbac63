import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { applicationMetrics } from './application-metrics.ts';
import { businessMetrics } from './business-metrics.ts';
import { infrastructure } from './infrastructure.ts';
import { systemOverview } from './system-overview.ts';

const DASHBOARDS: Record<string, () => DashboardBuilder> = {
  'application-metrics.json': applicationMetrics,
  'business-metrics.json': businessMetrics,
  'infrastructure.json': infrastructure,
  'system-overview.json': systemOverview,
};

/**
 * Each file's name and text, as Grafana's provisioning reads it: the dashboard itself, without the
 * HTTP API's envelope.
 */
export function dashboardFiles(): { name: string; text: string }[] {
  return Object.entries(DASHBOARDS).map(([name, build]) => ({
    name,
    text: `${JSON.stringify(build().build(), null, 2)}\n`,
  }));
}
