import { describe, expect, it } from 'vitest';
import { pacesFor, paceText, progressOf } from '../../src/machine/pace.ts';
import type { Strain } from '../../src/machine/measure.ts';
import { measureStrain } from '../../src/machine/strain.ts';

const strain = (freeCores: number, latenessMs = 1, quickness = 1): Strain => ({
  ...{ cores: 2, freeCores, latenessMs, quickness },
});
const first = (of: Strain): string => {
  const [pace] = pacesFor(of);
  return `${pace!.speed}/${pace!.worlds}`;
};

describe('how fast a proof runs', () => {
  it.each([
    [{ ...strain(4), cores: 4 }, '120/2'],
    [strain(2), '100/2'],
    [strain(1.9), '100/2'],
    [strain(1.7), '75/2'],
    [strain(1.2), '60/1'],
    [strain(0.95), '40/1'],
    [strain(0.1), '20/1'],
    // Cores are free, but timers come late: somebody has the right of way.
    [strain(2, 30), '75/2'],
    [strain(2, 200), '20/1'],
    // All of them are free, but a neighbour has the caches; or they are quicker ones.
    [strain(2, 1, 0.75), '75/2'],
    [strain(2, 1, 0.7), '60/2'],
    [strain(2, 1, 0.4), '30/1'],
    [strain(2, 1, 1.3), '120/2'],
  ])('%o: %s', (of, pace) => expect(first(of)).toBe(pace));

  it.each([
    [2, 60],
    [1.5, 40],
    [1, 20],
  ])('containers have no right of way: with %d cores free, speed %d', (free, speed) => {
    const asked = { worlds: 1, atMost: 60, inContainers: true };
    expect(pacesFor(strain(free), asked)[0]).toEqual({ speed, worlds: 1 });
  });

  it.each([
    [2, 0.3, { speed: 150, worlds: 2 }],
    [1, 0.3, { speed: 150, worlds: 1 }],
    [2, 0.6, { speed: 100, worlds: 2 }],
  ])('with %d cores free, %d of the stack: %o', (free, share, pace) =>
    expect(pacesFor(strain(free), { share })[0]).toEqual(pace),
  );

  it('a faster machine is never slower', () => {
    const paces = Array.from({ length: 21 }, (_, i) => progressOf(pacesFor(strain(i / 10))[0]!));
    expect(paces).toEqual(paces.toSorted((a, b) => a - b));
  });

  it('what was asked for is kept, and doubted where it doesn’t fit', () => {
    const [pace] = pacesFor(strain(0.1), { speed: 100, worlds: 2 });
    expect(pace).toEqual({ speed: 100, worlds: 2 });
    expect(paceText(pace!, strain(0.1))).toContain('may not be judged');
    expect(paceText(pace!, strain(2, 1, 0.74))).toContain('each 0.74 of a usual one');
    expect(paceText({ speed: 20, worlds: 1 }, strain(2))).not.toContain('may not');
  });

  it.each([true, false])('is measured in figures that can be; right of way: %s', async (has) => {
    const signal = AbortSignal.timeout(60_000);
    const { cores, freeCores, latenessMs, quickness } = await measureStrain(signal, has);
    expect(cores).toBeGreaterThanOrEqual(1);
    expect(freeCores).toBeGreaterThanOrEqual(0);
    expect(freeCores).toBeLessThanOrEqual(cores);
    expect(latenessMs).toBeGreaterThanOrEqual(0);
    // Neither a tenth of any machine that Node runs on, nor ten of them.
    expect(quickness).toBeGreaterThan(0.1);
    expect(quickness).toBeLessThan(10);
  });
});
