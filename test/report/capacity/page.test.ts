import { describe, expect, it } from 'vitest';
import { chartsOf } from '../../../src/report/html/capacity/chart.ts';
import { capacityReport } from '../../../src/report/html/capacity/index.ts';
import { capacityText } from '../../../src/report/capacity/text.ts';
import { capacityOf, found, processUse, result, step } from '../../capacity/samples.ts';
import type { CapacityResult } from '../../../src/model/capacity.ts';

const slow = { backend: { latencyP95Seconds: 1.4, errorShare: 0 } };
const STEPS = [
  step(1_000, { figures: { latencyP95Seconds: 0.01 } }),
  step(2_000, { figures: { latencyP95Seconds: 0.02 } }),
  step(2_000, { figures: { latencyP95Seconds: 0.04 } }),
  step(4_000, {
    parts: slow,
    figures: { latencyP95Seconds: 1.4 },
    processes: [processUse('backend', 0.98)],
  }),
  step(8_000, { figures: { othersCpuShare: 0.5, latencyP95Seconds: 9 } }),
];
const whole = (changes: Partial<CapacityResult> = {}): CapacityResult =>
  capacityOf(
    [
      result(found(2_000, 2_000, 2_000), {
        steps: STEPS,
        firstAlert: { alert: 'SlowResponseTime', load: 4_000 },
        culprit: {
          resource: 'CPU',
          of: 'backend',
          load: 4_000,
          figure: 'CPU',
          value: 0.98,
          limit: 1,
          text: 'CPU: backend used 0.98 of the one core',
        },
        alerting: [
          {
            shareOfSaturation: 0.9,
            load: 1_800,
            mustWork: true,
            outcome: 'fail',
            detail: 'one was late',
            alerts: [
              {
                group: 'system',
                alert: 'HighCPUUsage',
                outcome: 'fail',
                promisedMs: 9_000,
                deliveredMs: null,
                detail: 'nobody was told',
              },
            ],
          },
        ],
      }),
    ],
    {
      exitCode: 1,
      needs: [
        {
          need: {
            dimension: 'requests',
            peak: 900,
            need: 1_800,
            source: { file: 'contract.yaml', line: 1, column: 1 },
          },
          outcome: 'pass',
          headroom: 2.2,
          text: "SlowResponseTime would fire at 4,000 requests/s; today's peak of 900 has 2.2 times headroom",
        },
      ],
      ...changes,
    },
  );
const page = (changes: Partial<CapacityResult> = {}): string =>
  capacityReport(whole(changes), { script: 'draw()', styles: 'p{}' });

describe('the page of a capacity run', () => {
  it('begins with the verdict and what the contract needs', () => {
    expect(/<title>([^<]*)/.exec(page())?.[1]).toBe(
      'Capacity: A promise is not kept (stack, 20300101-120000-ab12)',
    );
    expect(page()).toContain('2.2 times headroom');
  });

  it('has ids once only, and every link within it leads somewhere; it loads nothing', () => {
    const ids = [...page().matchAll(/ id="([^"]+)"/g)].map((m) => m[1]);
    expect(ids.length).toBe(new Set(ids).size);
    for (const [, target] of page().matchAll(/ href="#([^"]+)"/g))
      expect(ids, target).toContain(target);
    expect(page()).not.toMatch(/(?:src|href)="(?!#|data:)/);
  });

  it('has the data of each graph that it shows, and each step with why it broke', () => {
    const charts = JSON.parse(/id="charts">(.*?)<\/script>/.exec(page())?.[1] ?? '') as Record<
      string,
      unknown
    >;
    expect([...page().matchAll(/data-chart="([^"]+)"/g)].map((m) => m[1])).toEqual(
      Object.keys(charts),
    );
    expect(page().match(/<tr class="(fail|inconclusive)?"/g)?.length).toBe(STEPS.length);
    expect(page()).toContain('p95 of backend 1.4 s (at most 1 s: SlowResponseTime)');
  });

  it('shows what comes from outside as text only', () => {
    expect(page({ target: 'http://x/<script>alert(1)</script>' })).not.toContain(
      '<script>alert(1)',
    );
  });
});

describe('a graph', () => {
  const latency = chartsOf(result(found(2_000), { steps: STEPS })).find(
    ({ title }) => title === 'Response time',
  );
  it('has each load once, the median of its steps, and nothing of steps that don’t count', () => {
    expect(latency).toMatchObject({
      loads: [1_000, 2_000, 4_000],
      saturationPoint: 2_000,
      limits: [{ title: 'SlowResponseTime', value: 1 }],
    });
    expect(latency?.curves).toEqual([{ name: 'p95', values: [0.01, 0.03, 1.4] }]);
  });
  it('isn’t there of what nobody measured', () => {
    expect(
      chartsOf(result(found(2_000), { steps: STEPS })).map(({ title }) => title),
    ).not.toContain('Rule evaluation');
  });
});

describe('the text', () => {
  const text = capacityText(whole(), { color: false, width: 120, runDir: 'runs/x' });
  it('has a row for each load, the saturation point marked, and the answer in words', () => {
    for (const part of [
      '2,000',
      '◀ saturation point',
      'busy-machine',
      'The saturation point is at 2,000 requests/s',
      'SlowResponseTime would fire at 4,000 requests/s.',
      'What gave out: CPU: backend used 0.98',
      '✗ alerting at 90% of the saturation point',
      'HighCPUUsage: nobody was told',
      '✓ requests: SlowResponseTime would fire',
      'a promise is not kept',
      'runs/x/capacity.json',
    ])
      expect(text).toContain(part);
  });
  it('says that it isn’t finished', () => {
    expect(
      capacityText(whole({ interruption: 'interrupted by SIGINT', exitCode: 2 }), {
        color: false,
        width: 120,
        runDir: 'runs/x',
      }),
    ).toContain('Not finished: interrupted by SIGINT');
  });
});
