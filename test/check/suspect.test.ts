import { expect, it } from 'vitest';
import type { Assertion, State, TestGroup } from '../../src/check/promises/assertion.ts';
import { brokenWords, untrueWords } from '../../src/check/promises/untrue.ts';

let id = 0;
const statement = (state: State, atMs: number): Assertion => ({
  ...{ id: ++id, alert: 'A', says: `${state} at ${atMs}ms`, state, atMs },
  ...{ expr: `count(x) # ${id}: ${state}`, count: state === 'silent' ? 0 : 1 },
});
const group = (name: string, ...states: State[]): TestGroup => ({
  ...{ name: `A: ${name}`, alert: 'A', evaluationMs: 1, scrapeMs: 1, series: [] },
  assertions: states.map(statement),
  readings: [
    { id: ++id, alert: 'A', says: 'read as promised', atMs: 3, labels: {}, annotations: {} },
  ],
});
const near = group('just below the limit', 'silent', 'silent');
const over = group('just above the limit', 'silent', 'pending', 'pending', 'firing', 'silent');
const digit = group('a last digit beyond the limit', 'silent', 'pending', 'firing');
const burst = group('in a burst that the window averages out', 'silent');
const surge = group('when a surge has drained from the window', 'silent', 'active');
const groups = [near, over, digit, burst, surge];

/** The numbers of the statements of groups that say a state; `read`: those of what people read. */
const of = (state: State | 'read', ...own: TestGroup[]): number[] =>
  own.flatMap(({ assertions, readings }) =>
    state === 'read'
      ? readings.map((one) => one.id)
      : assertions.filter((one) => one.state === state).map((one) => one.id),
  );
const suspect = (...untrue: number[]): string =>
  /look at (.*) first$/.exec(untrueWords(groups, new Set(untrue)) ?? '')?.[1] ?? '';

it.each([
  ['only what people read', of('read', over), /`annotations`/],
  ['pending is firing already', of('pending', over, digit), /`for`, which is too short/],
  ['firing is pending still', of('firing', over, digit), /`for`, which is too long/],
  ['it goes on after the end', of('silent', over).slice(1), /`keep_firing_for`/],
  [
    'it is never active',
    [...of('pending', over, digit), ...of('firing', over, digit)],
    /selects and groups by/,
  ],
  ['only around the limit', of('pending', digit), /`for`/],
  ['active at the limit', of('silent', digit), /keep_firing_for|limit or comparison/],
  ['active below the limit', of('silent', near), /`expr`: its limit or comparison/],
  ['active in a burst', of('silent', burst), /`expr`: its window/],
  ['over before a surge has drained', of('active', surge), /`expr`: its window/],
  ['active in a burst and below', of('silent', burst, near), /`expr`: its limit, and what/],
])('%s', (_, untrue, wanted) => expect(suspect(...untrue)).toMatch(wanted));

it('nothing untrue says nothing, and an output that holds something else neither', () => {
  expect(untrueWords(groups, new Set())).toBeUndefined();
  expect(brokenWords(groups, 'could not parse')).toBeUndefined();
});
