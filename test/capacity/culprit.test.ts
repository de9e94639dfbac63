import { describe, expect, it } from 'vitest';
import { culpritOf } from '../../src/capacity/culprit.ts';
import { processUse, step } from './samples.ts';

const slow = { backend: { latencyP95Seconds: 1.4, errorShare: 0 } };
const culprit = (...steps: ReturnType<typeof step>[]) => culpritOf(steps, 'requests/s');

describe('what gave out', () => {
  it('is nothing when nothing broke', () => {
    expect(culprit(step(1_000, { processes: [processUse('backend', 0.99)] }))).toBeNull();
  });

  it('is the one core of an event loop, though the machine has another', () => {
    const processes = [
      processUse('backend', 0.98),
      processUse('prometheus', 0.2, { role: 'stack', cpuLimitCores: 2 }),
    ];
    expect(
      culprit(
        step(2_000),
        step(4_000, { parts: slow, processes, figures: { machineCpuShare: 0.7 } }),
      ),
    ).toMatchObject({
      resource: 'CPU',
      of: 'backend',
      load: 4_000,
      value: 0.98,
      limit: 1,
      text: 'CPU: backend used 0.98 of the one core that its event loop can use at 4,000 requests/s',
    });
  });

  it('is what gave out at the lowest load, not what is worst at the highest', () => {
    const files = processUse('backend', 0.4, { openFiles: 1_000 });
    expect(
      culprit(
        step(2_000, { parts: slow, processes: [files] }),
        step(4_000, { parts: slow, processes: [processUse('backend', 1.2)] }),
      ),
    ).toMatchObject({ resource: 'file handles', of: 'backend', load: 2_000, value: 1_000 });
  });

  it('just below the first break counts, far below it doesn’t', () => {
    const used = { processes: [processUse('backend', 0.95)] };
    expect(culprit(step(1_900, used), step(2_000, { parts: slow }))).toMatchObject({
      of: 'backend',
      load: 1_900,
    });
    expect(culprit(step(1_000, used), step(2_000, { parts: slow }))).toMatchObject({
      resource: 'unknown',
      load: 2_000,
    });
  });

  it.each([
    ['ingestion', { samplesShare: 0.9 }],
    ['rule evaluation', { ruleShareOfInterval: 1.3 }],
    ['scrape duration', { scrapeShareOfInterval: 0.6 }],
    ['query time', { queryP95Seconds: 2 }],
    ['memory', { machineMemoryShare: 0.8 }],
    ['event loop', { eventLoopLagP99Seconds: 0.4 }],
    ['CPU', { machineCpuShare: 0.99 }],
  ] as const)('can be %s', (resource, figures) => {
    expect(culprit(step(2_000, { parts: slow, figures }))).toMatchObject({ resource, load: 2_000 });
  });

  it('is the generator where it couldn’t send what it should', () => {
    expect(
      culprit(
        step(9_000, {
          figures: { droppedShare: 0.04, generatorCpuCores: 1.1 },
          processes: [processUse('backend', 0.98)],
        }),
      ),
    ).toMatchObject({
      resource: 'generator',
      of: 'k6',
      text: expect.stringContaining('1.10 cores and dropped 4%') as string,
    });
  });

  it('is not a generator that could send the load the second time', () => {
    const late = { figures: { droppedShare: 0.04, generatorCpuShare: 0.99 } };
    expect(culprit(step(9_000, late), step(9_000))).toBeNull();
    expect(culprit(step(9_000, late), step(9_000), step(10_000, late))).toMatchObject({
      resource: 'generator',
      load: 10_000,
    });
  });

  it('steps that don’t count blame nobody', () => {
    expect(
      culprit(step(2_000, { parts: slow, figures: { othersCpuShare: 0.5, machineCpuShare: 1 } })),
    ).toBeNull();
  });

  it('is what the dimension wanted kept free, where it has a limit for that', () => {
    const broken = step(800, {
      figures: { machineCpuShare: 0.85 },
      processes: [processUse('prometheus', 1.4, { cpuLimitCores: 2 })],
    });
    const limit = {
      title: 'CPU of the machine',
      figure: 'machineCpuShare' as const,
      part: null,
      bound: 'at most' as const,
      value: 0.8,
      alert: null,
      source: null,
    };
    expect(
      culprit({ ...broken, verdict: { outcome: 'breaks', breaches: [{ limit, value: 0.85 }] } }),
    ).toMatchObject({
      resource: 'CPU',
      of: 'the machine',
      limit: 0.8,
      text: 'CPU of the machine was 85%, at most 80% is well (prometheus 1.40 cores) at 800 requests/s',
    });
  });

  it('says so when nothing that was measured was used up', () => {
    expect(
      culprit(step(2_000, { parts: slow, processes: [processUse('backend', 0.2)] }))?.text,
    ).toMatch(/^nothing that was measured was used up at 2,000 requests\/s/);
  });
});
