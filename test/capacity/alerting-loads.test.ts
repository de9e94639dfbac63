import { describe, expect, it } from 'vitest';
import { STACK_CORES, alertingLoads } from '../../src/capacity/alerting-loads.ts';
import type { SaturationPoint } from '../../src/model/saturation.ts';
import { found, step } from './samples.ts';

const at = (load: number, machineCpuShare: number) => step(load, { figures: { machineCpuShare } });
const atLeast = (load: number, limitedBy: 'max' | 'generator'): SaturationPoint => ({
  kind: 'at least',
  load,
  spread: 0,
  limitedBy,
  repetitions: [],
});
const UNKNOWN: SaturationPoint = { kind: 'inconclusive', reason: 'busy', repetitions: [] };
/** Machine of which the stack's share leaves a half. */
const CORES = STACK_CORES * 2;

describe('loads under which alerts are provoked', () => {
  it.each([
    ['a saturation point that was found', found(1_000, 1_010, 990)],
    ['one that is beyond the search', atLeast(1_000, 'max')],
  ])('are 90%% and 120%% of %s', (_, saturationPoint) => {
    expect(alertingLoads(saturationPoint, [at(1_000, 0.9)], CORES)).toEqual([
      { load: 900, shareOfSaturation: 0.9, mustWork: true, why: '' },
      { load: 1_200, shareOfSaturation: 1.2, mustWork: false, why: '' },
    ]);
  });

  it('are one where the generator gave out: what leaves the stack its share of the machine', () => {
    const steps = [at(1_000, 0.2), at(2_000, 0.4), at(4_000, 0.8)];
    expect(alertingLoads(atLeast(4_000, 'generator'), steps, CORES)).toEqual([
      {
        load: 2_500,
        shareOfSaturation: 0.625,
        mustWork: true,
        why: expect.stringContaining(`${STACK_CORES.toFixed(2)} cores`) as string,
      },
    ]);
  });

  it('never over 90% of it, however much room there is', () => {
    expect(alertingLoads(atLeast(4_000, 'generator'), [at(4_000, 0.3)], CORES)).toMatchObject([
      { load: 3_600 },
    ]);
  });

  it.each([
    ['nothing held', found(0)],
    ['the saturation point wasn’t found', UNKNOWN],
    ['no load leaves room', atLeast(4_000, 'generator')],
  ])('are none where %s', (_, saturationPoint) => {
    expect(alertingLoads(saturationPoint, [at(4_000, 0.8)], CORES)).toEqual([]);
  });

  it('leave out what was not measured or didn’t hold', () => {
    const steps = [
      at(1_000, 0.2),
      step(2_000, {
        figures: { droppedShare: 0.1, machineCpuShare: 0.4, generatorCpuShare: 0.99 },
      }),
      step(2_000),
    ];
    expect(alertingLoads(atLeast(1_000, 'generator'), steps, CORES)).toMatchObject([{ load: 900 }]);
  });
});
