import { describe, expect, it } from 'vitest';
import { compareSaturationPoints } from '../../src/capacity/compare.ts';
import { judgeNeeds } from '../../src/capacity/needs.ts';
import type { CapacityNeed } from '../../src/model/dimension.ts';
import type { SaturationPoint } from '../../src/model/saturation.ts';
import { REQUESTS, capacityOf, found, result, step } from './samples.ts';

const source = { file: 'contract.yaml', line: 3, column: 3 };
const need = (changes: Partial<CapacityNeed> = {}): CapacityNeed => ({
  dimension: 'requests',
  peak: 900,
  need: 1_800,
  source,
  ...changes,
});
const atLeast = (load: number): SaturationPoint => ({
  kind: 'at least',
  load,
  spread: 0,
  limitedBy: 'generator',
  repetitions: [],
});
const inconclusive: SaturationPoint = {
  kind: 'inconclusive',
  reason: 'the target died',
  repetitions: [],
};

describe('what the contract needs', () => {
  it('is answered in a sentence', () => {
    const firstAlert = { alert: 'HighErrorRate', load: 3_400 };
    expect(
      judgeNeeds([need()], [result(found(3_400, 3_400, 3_400), { firstAlert })]),
    ).toMatchObject([
      {
        outcome: 'pass',
        text: "HighErrorRate would fire at 3,400 requests/s; today's peak of 900 has 3.8 times headroom; the 1,800 that are needed are held",
      },
    ]);
  });

  it('fails when the saturation point is lower, with both figures', () => {
    expect(judgeNeeds([need()], [result(found(1_500, 1_500, 1_500))])).toMatchObject([
      {
        outcome: 'fail',
        text: expect.stringContaining('1,800 requests/s are needed, and 1,500 are held') as string,
      },
    ]);
  });

  it('without a need of its own, today’s peak has to hold', () => {
    expect(judgeNeeds([need({ need: null })], [result(found(800, 800, 800))])[0]?.outcome).toBe(
      'fail',
    );
  });

  it('what held is enough, even where nobody could look further', () => {
    expect(judgeNeeds([need()], [result(atLeast(2_000))])[0]?.outcome).toBe('pass');
    expect(judgeNeeds([need()], [result(inconclusive, { steps: [step(2_000)] })])[0]?.outcome).toBe(
      'pass',
    );
  });

  it('too little that held is no proof that more doesn’t', () => {
    expect(judgeNeeds([need()], [result(atLeast(1_000))])[0]?.outcome).toBe('inconclusive');
    expect(judgeNeeds([need()], [result(inconclusive)])[0]).toMatchObject({
      outcome: 'inconclusive',
      headroom: null,
      text: expect.stringContaining('the target died') as string,
    });
  });

  it('speaks only of what was looked at', () => {
    expect(judgeNeeds([need({ dimension: 'cameras' })], [result(found(1, 1, 1))])).toEqual([]);
  });
});

describe('an earlier run', () => {
  const now = (saturationPoint: SaturationPoint) => capacityOf([result(saturationPoint)]);
  const outcome = (before: SaturationPoint, after: SaturationPoint) =>
    compareSaturationPoints(now(before), now(after))[0];

  it.each([
    ['better', found(3_000, 3_050, 2_950), found(4_000, 4_100, 3_900)],
    ['worse', found(4_000, 4_100, 3_900), found(3_000, 3_050, 2_950)],
    ['within the spread', found(3_000, 3_300, 2_900), found(3_100, 2_800, 3_200)],
    ['within the spread', found(3_000, 3_000, 3_000), found(3_100, 3_100, 3_100)],
    ['better', found(3_000, 3_000, 3_000), atLeast(6_000)],
    ['within the spread', atLeast(3_000), found(6_000, 6_000, 6_000)],
    ['not comparable', inconclusive, found(3_000)],
  ] as const)('was %s', (expected, before, after) => {
    expect(outcome(before, after)?.outcome).toBe(expected);
  });

  it('says by how much', () => {
    expect(outcome(found(3_000), found(4_500))?.text).toBe('3,000 before, 4,500 now (+50%)');
  });

  it('names no share of nothing', () => {
    expect(outcome(found(0), found(4_500))?.text).toBe('0 before, 4,500 now');
  });

  it.each([
    [{ target: 'http://127.0.0.1:8080' }, 'loaded'],
    [{ machine: { cores: 8, cpuModel: 'another', memoryBytes: 1 } }, 'another machine'],
    [{ dimensions: [] }, 'no such dimension'],
    [
      { dimensions: [result(found(1), { dimension: { ...REQUESTS, unit: 'cameras' } })] },
      'units differ',
    ],
  ])('on other terms isn’t comparable: %j', (changes, why) => {
    expect(
      compareSaturationPoints(capacityOf([result(found(3_000))], changes), now(found(3_000)))[0],
    ).toMatchObject({ outcome: 'not comparable', text: expect.stringContaining(why) as string });
  });
});
