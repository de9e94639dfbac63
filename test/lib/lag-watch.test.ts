import { describe, expect, it } from 'vitest';
import type { Clocks, ClockStepped } from '../../src/lib/clocks.ts';
import { LagWatch } from '../../src/lib/lag-watch.ts';

const T = 1_900_000_000_000;

/** What a watch saw of clocks that say this, look by look. */
async function seen(...clocks: [Clocks, ...Clocks[]]): Promise<{
  lags: LagWatch['lags'];
  steps: ClockStepped[];
}> {
  const steps: ClockStepped[] = [];
  let looks = 0;
  const read = (): Clocks => clocks[Math.min(looks++, clocks.length - 1)] ?? clocks[0];
  const watch = new LagWatch((step) => steps.push(step), read);
  for (let i = 1; i < clocks.length; i++) watch.look();
  await watch[Symbol.asyncDispose]();
  return { lags: watch.lags, steps };
}

describe('the watch over the clocks', () => {
  it('has nothing to say while both go on', async () => {
    const at = (ms: number): Clocks => ({ wall: T + ms, steady: ms });
    expect(await seen(at(0), at(20), at(41))).toEqual({ lags: [], steps: [] });
  });
  it('notes that the harness was held up', async () => {
    const late = { wall: T + 3_000, steady: 3_000 };
    const { lags, steps } = await seen({ wall: T, steady: 0 }, late);
    expect(lags).toEqual([{ at: T + 3_000, ms: 3_000 }]);
    expect(steps).toEqual([]);
  });
  it.each([
    [3_600_000, '+3600.0 s'],
    [-3_600_000, '-3600.0 s'],
  ])('tells a step of %i ms, which is no delay', async (stepMs, words) => {
    const { lags, steps } = await seen(
      { wall: T, steady: 0 },
      { wall: T + 20 + stepMs, steady: 20 },
      { wall: T + 40 + stepMs, steady: 40 },
    );
    expect(lags).toEqual([]);
    expect(steps.map(({ at }) => at)).toEqual([T]);
    expect(steps[0]?.message).toContain(words);
  });
});
