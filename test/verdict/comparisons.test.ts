import { describe, expect, it } from 'vitest';
import { comparisonsOf } from '../../src/verdict/panels/index.ts';
import { measuredEvidence, measuredPlan } from '../support/measured.ts';
import { T0 } from '../support/perfect.ts';

describe('the truth beside the panels', () => {
  const plan = measuredPlan();
  const evidence = measuredEvidence(plan);
  const found = comparisonsOf(plan, evidence);
  it('has a range at each point of a level, and a stretch for each slot of a rate', () => {
    const [levels, rates] = [found['Board/Offline A']?.[0], found['Board/Rate A']?.[0]];
    expect(levels?.find(([at]) => at === T0 + 4_000)).toEqual([T0 + 4_000, T0 + 4_000, 5, 5]);
    expect(levels?.find(([at]) => at === T0 + 8_000)).toEqual([T0 + 8_000, T0 + 8_000, 5, 9]);
    expect(rates?.map(([from, to]) => to - from)).toEqual(rates?.map(() => 5_000));
    expect(rates?.length).toBeGreaterThan(1);
  });
  it('has none for a slot in which the harness was held up: what is left of it isn’t its mean', () => {
    const whole = found['Board/Rate A']?.[0]?.map(([from]) => from - T0) ?? [];
    expect(whole).toContain(10_000);
    const lags = [{ at: T0 + 13_000, ms: 600 }];
    const left = comparisonsOf(plan, { ...evidence, lags })['Board/Rate A']?.[0] ?? [];
    expect(left.map(([from]) => from - T0)).toEqual(whole.filter((ms) => ms !== 10_000));
  });
  it('has none for a slot at whose end the service is stopped: what was asked isn’t answered', () => {
    const stopped = structuredClone(evidence);
    const at = T0 + 15_400;
    const stop = { step: 'ServiceDown/backend/outage', signal: 'component.backend', level: 0 };
    stopped.timeline.push({ ...stop, plannedAt: at, at, doneAt: at });
    const left = comparisonsOf(plan, stopped)['Board/Rate A']?.[0] ?? [];
    expect(left.map(([from]) => from - T0)).toEqual([5_000]);
  });
  it('has none for a slot in which a scrape was late, nor where hardly a point is left', () => {
    const scrapes = Array.from({ length: 80 }, (_, i): [number, number] => [T0 + i * 250, 1]);
    const late = structuredClone(evidence);
    late.series = late.series.filter(({ labels }) => labels['__name__'] !== 'up');
    late.series.push({
      labels: { __name__: 'up', job: 'backend' },
      samples: scrapes.filter(([at]) => at < T0 + 12_000 || at > T0 + 12_600),
    });
    const froms = (of: typeof evidence): number[] | undefined =>
      comparisonsOf(plan, of)['Board/Rate A']?.[0]?.map(([from]) => from - T0);
    expect(froms(late)).toEqual([5_000, 15_000]);
    const few = structuredClone(evidence);
    const rate = few.panels['Board/Rate A']?.series?.[0];
    if (!rate) throw new Error('no curve');
    rate.samples = rate.samples.filter(([at]) => at < T0 + 16_000);
    expect(froms(few)).toEqual([5_000, 10_000]);
  });
  it('takes the first errors of a life for unseen: each makes a series, and no rate knows of it', () => {
    const asked = structuredClone(plan);
    const query = asked.panels.find(({ title }) => title === 'Rate')?.queries[0];
    if (!query) throw new Error('no query');
    query.shows = 'http.errors';
    const known = structuredClone(evidence);
    const slots = known.k6?.slots['backend'] ?? [];
    for (const slot of slots) slot.errors = slot.slot === 0 ? 3 : 12;
    const lows = (of: typeof known): number[] | undefined =>
      comparisonsOf(asked, of)['Board/Rate A']?.[0]?.map(([, , low]) =>
        Math.round((low / 0.9) * 5 * asked.speed),
      );
    // 12 less two at the edges, and less those of the first ten that none came before.
    expect(lows(known)).toEqual([12 - 2 - 7, 12 - 2, 12 - 2]);
    const again = structuredClone(known);
    const at = T0 + 3_000;
    const back = { step: 'ServiceDown/backend/return', signal: 'component.backend', level: 1 };
    again.timeline.push({ ...back, plannedAt: at, at, doneAt: at });
    expect(lows(again)).toEqual([0, 12 - 2, 12 - 2]);
  });
  it('has a list for each series of an answer, in its order', () => {
    const second = structuredClone(evidence);
    const answer = second.panels['Board/Offline A'];
    if (!answer?.series?.[0]) throw new Error('no answer');
    answer.series.unshift({ labels: { job: 'backend', of: 'another' }, samples: [] });
    expect(comparisonsOf(plan, second)['Board/Offline A']?.map((list) => list.length > 0)).toEqual([
      false,
      true,
    ]);
  });
  it('knows nothing of a query that shows nothing known, nor of a run that was cut off', () => {
    const other = structuredClone(plan);
    for (const query of other.panels.flatMap((panel) => panel.queries)) query.shows = null;
    expect(comparisonsOf(other, evidence)).toEqual({});
    expect(
      comparisonsOf(plan, { ...evidence, interruption: { at: T0, reason: 'x', detail: 'x' } }),
    ).toEqual({});
    expect(comparisonsOf(plan, { ...evidence, t0: null })).toEqual({});
  });
});
