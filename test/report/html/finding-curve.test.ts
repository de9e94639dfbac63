import { describe, expect, it } from 'vitest';
import type { ChartData } from '../../../src/report/html/dashboards/chart.ts';
import { htmlReport } from '../../../src/report/html/index.ts';
import { brokenRun } from './broken-run.ts';
import { inputOf, wholeRun } from './input.ts';

const page = htmlReport(brokenRun());
const chartsOf = (text: string): Record<string, ChartData> =>
  JSON.parse(/id="charts">(.*?)<\/script>/.exec(text)?.[1] ?? '{}') as Record<string, ChartData>;
const besideFindings = (text: string): [string, ChartData][] =>
  Object.entries(chartsOf(text)).filter(([id]) => id.startsWith('finding'));

describe('an alert whose limit is further away than promised', () => {
  const [beside] = besideFindings(page);
  it("has its expression's curve in the card of its finding, once for its cause", () => {
    expect(besideFindings(page)).toHaveLength(1);
    const findings = page.slice(page.indexOf('<section id="findings"'));
    expect(findings).toContain(`data-chart="${beside?.[0] ?? ''}"`);
    expect(Math.max(...(beside?.[1].curves[0]?.values ?? []).map(Number))).toBeGreaterThan(0.05);
  });
  it("shows the rule's limit, and where the world was near it and over it", () => {
    expect(beside?.[1].limits.map(({ value }) => value)).toEqual([0.09]);
    expect(beside?.[1].bands.map(({ name }) => name)).toEqual([
      'near: 0.045',
      'over, briefly: 0.145',
      'over: 0.055',
    ]);
    expect(page).toContain("the rule's limit: &gt; 0.09</li>");
  });
  it('tells levels as people write them', () =>
    expect(page).not.toMatch(/\d\.\d{8,}(?=: its rule asks)/));
});

it('a limit far beyond the curve is told and not drawn', () => {
  const input = brokenRun();
  for (const { plan } of input.worlds)
    for (const rule of Object.values(plan.rules)) rule.expr = rule.expr.replace('0.09', '90');
  const text = htmlReport(input);
  expect(besideFindings(text).map(([, { limits }]) => limits)).toEqual([[]]);
  expect(text).toContain('&gt; 90, beyond what is drawn');
});

it('near and over are told apart in their last digit', () => {
  const input = brokenRun();
  const track = input.plan.tracks.find(({ id }) => id === 'HighErrorRate');
  for (const step of track?.steps ?? [])
    step.level = { near: 10_000, breach: 10_001 }[String(step.phase)] ?? step.level;
  const names = besideFindings(htmlReport(input)).flatMap(([, { bands }]) => bands);
  expect(names.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['near: 10000', 'over: 10001']),
  );
});

it('a run without a finding has no curve beside one', () =>
  expect(besideFindings(htmlReport(inputOf(wholeRun())))).toEqual([]));
