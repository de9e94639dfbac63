import { describe, expect, it } from 'vitest';
import { stepsLeft } from '../../src/capacity/left.ts';
import { nextStep, rounded } from '../../src/capacity/search.ts';
import { OPTIONS, queue, randomFrom, search, trueSaturationPoint } from './simulated.ts';

const seeds = Array.from({ length: 60 }, (_, i) => i + 1);
/**
 * Half of the time in the middle of a bracket the other half: what the search may be off by, beside
 * the noise.
 */
const nearTo = (saturationPoint: number, truth: number, off: number): void => {
  expect(saturationPoint, `found ${saturationPoint}, is ${truth}`).toBeGreaterThanOrEqual(
    truth * (1 - off),
  );
  expect(saturationPoint, `found ${saturationPoint}, is ${truth}`).toBeLessThanOrEqual(
    truth * (1 + off),
  );
};

describe('the search for the saturation point', () => {
  it.each(seeds)(
    'finds the saturation point of a queue of any speed within the tolerance (seed %i)',
    (seed) => {
      const random = randomFrom(seed);
      const rate = 300 * 150 ** random();
      const system = queue(rate, 1, 0, random);
      const { saturationPoint } = search(OPTIONS, (load) => ({ outcome: system(load) }));
      expect(saturationPoint.kind).toBe('found');
      if (saturationPoint.kind !== 'found') return;
      nearTo(saturationPoint.load, trueSaturationPoint(rate, 1), OPTIONS.tolerance + 0.01);
      expect(saturationPoint.spread).toBeLessThanOrEqual(2 * OPTIONS.tolerance);
      for (const { holds, breaks } of saturationPoint.repetitions)
        expect(holds).toBeLessThan(breaks ?? 0);
    },
  );

  it.each(seeds)('finds it in a queue that isn’t equally fast in each step (seed %i)', (seed) => {
    const random = randomFrom(seed);
    const rate = 300 * 150 ** random();
    const noise = 0.03;
    const system = queue(rate, 1, noise, random);
    const { saturationPoint, tried } = search(OPTIONS, (load) => ({ outcome: system(load) }));
    expect(saturationPoint.kind).toBe('found');
    if (saturationPoint.kind === 'found')
      nearTo(saturationPoint.load, trueSaturationPoint(rate, 1), OPTIONS.tolerance + noise + 0.01);
    expect(tried.length).toBeLessThan(50);
  });

  it.each(seeds)(
    'isn’t led astray by hiccups: one step in fifteen breaks for no reason (seed %i)',
    (seed) => {
      const random = randomFrom(seed);
      const rate = 500 * 60 ** random();
      const system = queue(rate, 1, 0, random);
      const { saturationPoint } = search(OPTIONS, (load) => ({
        outcome: random() < 1 / 15 ? 'breaks' : system(load),
      }));
      expect(saturationPoint.kind).toBe('found');
      if (saturationPoint.kind === 'found')
        expect(saturationPoint.load).toBeLessThanOrEqual(trueSaturationPoint(rate, 1) * 1.01);
    },
  );

  it('on the median of many seeds such hiccups change little', () => {
    const off = seeds.map((seed) => {
      const random = randomFrom(seed);
      const system = queue(3_000, 1, 0, random);
      const { saturationPoint } = search(OPTIONS, (load) => ({
        outcome: random() < 1 / 15 ? 'breaks' : system(load),
      }));
      return saturationPoint.kind === 'found'
        ? Math.abs(saturationPoint.load / trueSaturationPoint(3_000, 1) - 1)
        : 1;
    });
    expect(off.filter((share) => share > 0.1).length).toBeLessThan(seeds.length * 0.1);
  });

  it('takes few steps: a quarter of an hour is not a search', () => {
    const { tried } = search(OPTIONS, (load) => ({ outcome: load <= 3_210 ? 'holds' : 'breaks' }));
    expect(tried.length).toBeLessThanOrEqual(22);
    expect(tried.map(({ load }) => load).slice(0, 5)).toEqual([250, 500, 1_000, 2_000, 4_000]);
  });

  it('goes on from any number of finished steps as if nothing had come between', () => {
    const system = (load: number): { outcome: 'holds' | 'breaks' } => ({
      outcome: load <= 777 ? 'holds' : 'breaks',
    });
    const { tried } = search(OPTIONS, system);
    tried.forEach((step, i) =>
      expect(nextStep(OPTIONS, tried.slice(0, i))).toMatchObject({
        kind: 'step',
        load: step.load,
        repetition: step.repetition,
      }),
    );
  });

  it('a saturation point under the first load is found downwards', () => {
    const { saturationPoint } = search(OPTIONS, (load) => ({
      outcome: load <= 40 ? 'holds' : 'breaks',
    }));
    expect(saturationPoint).toMatchObject({ kind: 'found' });
    if (saturationPoint.kind === 'found') nearTo(saturationPoint.load, 40, 0.06);
  });

  it('a system that holds nothing has a saturation point of 0, and the search ends', () => {
    const { saturationPoint, tried } = search(OPTIONS, () => ({ outcome: 'breaks' }));
    expect(saturationPoint).toMatchObject({ kind: 'found', load: 0, spread: 0 });
    expect(tried.length).toBeLessThan(40);
  });

  it('a system that holds everything is known up to the maximum only', () => {
    expect(search(OPTIONS, () => ({ outcome: 'holds' })).saturationPoint).toMatchObject({
      kind: 'at least',
      load: 64_000,
      limitedBy: 'max',
    });
  });

  it('whole numbers are told apart to the last one', () => {
    const { saturationPoint } = search({ ...OPTIONS, start: 1, max: 100 }, (load) => ({
      outcome: load <= 7 ? 'holds' : 'breaks',
    }));
    expect(saturationPoint).toMatchObject({ kind: 'found', load: 7, spread: 0 });
  });
});

describe('steps that disagree', () => {
  it('a load that broke once below one that held is tried again, and the majority counts', () => {
    // The first step at 500 breaks, as does the first at each load on the way down to 250, which
    // holds.
    let first = true;
    const { saturationPoint, tried } = search({ ...OPTIONS, repetitions: 1 }, (load) => {
      if (load === 500 && first) {
        first = false;
        return { outcome: 'breaks' };
      }
      return { outcome: load <= 3_000 ? 'holds' : 'breaks' };
    });
    expect(tried.filter(({ load }) => load === 500).map(({ outcome }) => outcome)).toEqual([
      'breaks',
      'holds',
      'holds',
    ]);
    if (saturationPoint.kind === 'found') nearTo(saturationPoint.load, 3_000, 0.06);
  });

  it('a break is confirmed before it counts', () => {
    const { tried, saturationPoint } = search({ ...OPTIONS, repetitions: 1 }, (load) => ({
      outcome: load <= 3_000 ? 'holds' : 'breaks',
    }));
    const breaks =
      saturationPoint.kind === 'found' ? saturationPoint.repetitions[0]?.breaks : undefined;
    expect(tried.filter(({ load }) => load === breaks)).toHaveLength(2);
    expect(tried.at(-1)?.reason).toBe('confirmation');
  });

  it('a system that isn’t monotonic is said to be so, and the lower break counts', () => {
    // 600 to 900 break always, 1,000 and more hold up to 4,000: a cache that helps only when it is
    // busy.
    const steps = [250, 500, 1_000, 700, 700];
    const outcomes = ['holds', 'holds', 'holds', 'breaks', 'breaks'] as const;
    const tried = steps.map((load, i) => ({
      repetition: 1,
      load,
      reason: 'doubling' as const,
      outcome: outcomes[i] ?? 'holds',
    }));
    const { saturationPoint } = search({ ...OPTIONS, repetitions: 1, tolerance: 0.3 }, (load, i) =>
      tried[i]
        ? { outcome: load >= 600 && load < 1_000 ? 'breaks' : 'holds' }
        : { outcome: 'breaks' },
    );
    expect(['found', 'at least']).toContain(saturationPoint.kind);
    const next = nextStep({ ...OPTIONS, repetitions: 1, tolerance: 0.3 }, tried);
    expect(next).toMatchObject({
      kind: 'done',
      saturationPoint: {
        kind: 'found',
        load: 500,
        repetitions: [{ notMonotonic: true, breaks: 700 }],
      },
    });
  });
});

describe('steps that can’t be used', () => {
  it('are repeated, and count for nothing', () => {
    let calls = 0;
    const { saturationPoint, tried } = search(OPTIONS, (load) =>
      calls++ % 3 === 1
        ? { outcome: 'invalid', why: 'busy-machine' }
        : { outcome: load <= 2_500 ? 'holds' : 'breaks' },
    );
    expect(saturationPoint.kind).toBe('found');
    if (saturationPoint.kind === 'found') nearTo(saturationPoint.load, 2_500, 0.06);
    expect(tried.filter(({ reason }) => reason === 'again').length).toBe(
      tried.filter(({ outcome }) => outcome === 'invalid').length,
    );
  });

  it('end the search as inconclusive after three at one load, with the reason', () => {
    const { saturationPoint, tried } = search(OPTIONS, (load) =>
      load >= 1_000 ? { outcome: 'invalid', why: 'died' } : { outcome: 'holds' },
    );
    expect(saturationPoint).toMatchObject({
      kind: 'inconclusive',
      reason: expect.stringContaining('3 of 3 steps at 1000') as string,
      repetitions: [],
    });
    expect(tried.filter(({ load }) => load === 1_000)).toHaveLength(3);
  });

  it('where the generator is the limit, the saturation point is known from below only', () => {
    const { saturationPoint } = search(OPTIONS, (load) =>
      load > 6_000 ? { outcome: 'invalid', why: 'generator' } : { outcome: 'holds' },
    );
    expect(saturationPoint).toMatchObject({ kind: 'at least', limitedBy: 'generator' });
    if (saturationPoint.kind === 'at least') nearTo(saturationPoint.load, 6_000, 0.06);
  });

  it('a saturation point under the generator’s limit is found all the same', () => {
    const { saturationPoint } = search(OPTIONS, (load) =>
      load > 6_000
        ? { outcome: 'invalid', why: 'generator' }
        : { outcome: load <= 5_000 ? 'holds' : 'breaks' },
    );
    expect(saturationPoint.kind).toBe('found');
    if (saturationPoint.kind === 'found') nearTo(saturationPoint.load, 5_000, 0.06);
  });
});

describe('how many steps are left', () => {
  it('falls to nothing as the search goes on', () => {
    const { tried } = search(OPTIONS, (load) => ({ outcome: load <= 3_210 ? 'holds' : 'breaks' }));
    expect(stepsLeft(OPTIONS, tried)).toBe(0);
    const middle = Math.floor(tried.length / 2);
    expect(
      Math.abs(stepsLeft(OPTIONS, tried.slice(0, middle)) - (tried.length - middle)),
    ).toBeLessThanOrEqual(5);
    expect(stepsLeft(OPTIONS, [])).toBeGreaterThan(5);
  });
});

it('loads have three digits', () => {
  expect([rounded(1_234.5), rounded(6.4), rounded(98_765), rounded(250)]).toEqual([
    1_230, 6, 98_800, 250,
  ]);
});
