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
      'over, briefly: 0.103',
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

describe('near and over are told in what the rule counts', () => {
  /** The stretches' names when what the expression counts is so many times the stimulus. */
  const namesOf = (change: (value: number) => number): string[] => {
    const input = brokenRun();
    for (const { evidence } of input.worlds)
      for (const { samples } of evidence.expressions['HighErrorRate'] ?? [])
        for (const sample of samples) sample[1] = change(sample[1]);
    return besideFindings(htmlReport(input)).flatMap(([, { bands }]) => bands.map((b) => b.name));
  };
  it('per cent where the stimulus is a share', () =>
    expect(namesOf((value) => value * 100)).toEqual([
      'near: 4.5',
      'over, briefly: 10.3',
      'over: 5.5',
    ]));
  it('with as many digits as tell them apart', () =>
    expect(namesOf((value) => (value < 0.05 ? 10_000 : 10_001))).toEqual([
      'near: 10000',
      'over, briefly: 10001',
      'over: 10001',
    ]));
  it('and not at all where nothing was measured', () =>
    expect(namesOf(() => NaN)).toEqual(['near', 'over, briefly', 'over']));
});

it('a run without a finding has no curve beside one', () =>
  expect(besideFindings(htmlReport(inputOf(wholeRun())))).toEqual([]));
