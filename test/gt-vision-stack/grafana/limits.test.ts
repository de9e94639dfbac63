import { describe, expect, it } from 'vitest';
import { LIMITS, steps } from '../../../scripts/dashboards/lib/limits.ts';
import type { AlertRule } from '../../support/grafana.ts';
import { alertRules, dashboards } from '../../support/grafana.ts';

const rules = alertRules();

/**
 * Limit and side of the comparison that an alert is about, in the panel's terms: per cent, where
 * the rule may have a share.
 */
function limitOf(
  { alert, expr }: AlertRule,
  percent: boolean,
): { value: number; bad: string } | undefined {
  const comparisons = [...expr.matchAll(/(==|<|>)\s*(\d[\d.]*)/g)].map(([, operator, number]) => ({
    operator,
    number: Number(number),
  }));
  // A comparison with 0 beside another one asks whether there is traffic at all.
  const limit = comparisons.find(({ operator, number }) => operator === '==' || number !== 0);
  if (!limit) return undefined;
  const value = percent && limit.number <= 1 ? limit.number * 100 : limit.number;
  if (limit.operator === '==') return { value: value + 1, bad: 'below' };
  // Free space under 15% is use over 85%.
  if (alert === 'LowDiskSpace') return { value: 100 - value, bad: 'above' };
  return { value, bad: limit.operator === '>' ? 'above' : 'below' };
}

describe("a panel's limit is its alert's", () => {
  const known = Object.entries(LIMITS).flatMap(([name, limit]) =>
    rules
      .filter((r) => r.alert === limit.alert)
      .map((rule) => ({ limit, rule, alert: rule.alert, percent: name.endsWith('Percent') })),
  );

  it('there are alerts to compare with', () => {
    expect(known.length).toBeGreaterThanOrEqual(9);
  });

  it.each(known)('$alert', ({ limit, rule, percent }) => {
    expect({ value: limit.value, bad: limit.bad, severity: limit.severity }).toEqual({
      ...limitOf(rule, percent),
      severity: rule.labels.severity,
    });
  });

  it.each(Object.values(LIMITS))('$alert colours a figure and a graph', (limit) => {
    const panels = dashboards()
      .flatMap((d) => d.panels)
      .filter(
        (p) =>
          JSON.stringify(p.fieldConfig.defaults.thresholds?.steps) ===
            JSON.stringify(steps(limit)) &&
          p.links.some((l) => l.url.endsWith(`/${limit.alert}.md`)),
      );
    const types = panels.map((p) => p.type);
    expect(types).toContain('stat');
    // PostgreSQL's and MinIO's limits depend on their size: the graph has a line of its own for
    // them.
    if (limit !== LIMITS.postgresPercent && limit !== LIMITS.minioPercent)
      expect(types.some((type) => type !== 'stat')).toBe(true);
  });
});
