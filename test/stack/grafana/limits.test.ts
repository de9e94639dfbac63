import { describe, expect, it } from 'vitest';
import { LIMITS, steps } from '../../../scripts/dashboards/lib/limits.ts';
import { alertRules, dashboards } from '../../support/grafana.ts';

/** Alerts that compare a share with a share; the panels show per cent. */
const SHARES = ['HighErrorRate', 'HighCameraOfflineRate'];
const rules = alertRules();

/** Limit and side of an alert's last comparison, in the panel's terms. */
function limitOf(alert: string, expr: string): { value: number; bad: string } | undefined {
  const [, operator, number] = /(==|<|>)\s*([\d.]+)\s*$/.exec(expr.trim()) ?? [];
  if (operator === undefined) return undefined;
  const value = Number(number) * (SHARES.includes(alert) ? 100 : 1);
  if (operator === '==') return { value: value + 1, bad: 'below' };
  // Free space under 15% is use over 85%.
  if (alert === 'LowDiskSpace') return { value: 100 - value, bad: 'above' };
  return { value, bad: operator === '>' ? 'above' : 'below' };
}

describe("a panel's limit is its alert's", () => {
  const known = Object.values(LIMITS).flatMap((limit) => rules.filter((r) => r.alert === limit.alert).map((rule) => ({ limit, rule, alert: rule.alert })));

  it('there are alerts to compare with', () => {
    expect(known.length).toBeGreaterThanOrEqual(9);
  });

  it.each(known)('$alert', ({ limit, rule }) => {
    expect({ value: limit.value, bad: limit.bad, severity: limit.severity }).toEqual({ ...limitOf(rule.alert, rule.expr), severity: rule.labels.severity });
  });

  it.each(Object.values(LIMITS))('$alert colours a figure and a graph', (limit) => {
    const panels = dashboards().flatMap((d) => d.panels).filter((p) => JSON.stringify(p.fieldConfig.defaults.thresholds?.steps) === JSON.stringify(steps(limit)) && p.links.some((l) => l.url.endsWith(`/${limit.alert}.md`)));
    const types = panels.map((p) => p.type);
    expect(types).toContain('stat');
    // PostgreSQL's and MinIO's limits depend on their size: the graph has a line of its own for them.
    if (limit !== LIMITS.postgresPercent && limit !== LIMITS.minioPercent) expect(types.some((type) => type !== 'stat')).toBe(true);
  });
});
