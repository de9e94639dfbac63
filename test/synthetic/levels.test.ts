import { describe, expect, it } from 'vitest';
import type { SyntheticStep } from '../../src/model/synthetic.ts';
import { expositionOf } from '../../src/synthetic/exposition.ts';
import { levelsOf } from '../../src/synthetic/levels.ts';

const levels = (steps: SyntheticStep[], speed = 60) =>
  levelsOf({ metric: 'x', labels: {}, steps }, speed);

describe('levels over time', () => {
  it('are absent before they begin and after they end', () => {
    const x = levels([
      { atMs: 0, shape: { kind: 'value', value: 3 } },
      { atMs: 1000, shape: { kind: 'absent' } },
    ]);
    expect([-1, 0, 999, 1000].map((at) => x.valueAt(at, 0))).toEqual([undefined, 3, 3, undefined]);
  });

  it('go on along a line from where they stood, in seconds of the stack', () => {
    const x = levels([
      { atMs: 0, shape: { kind: 'line', from: 10, perSecond: 2 } },
      { atMs: 1000, shape: { kind: 'line', from: 0, perSecond: -1 } },
      { atMs: 2000, shape: { kind: 'absent' } },
      { atMs: 3000, shape: { kind: 'line', from: 0, perSecond: 0 } },
    ]);
    expect([0, 500, 1000, 1500, 3000].map((at) => x.valueAt(at, 0))).toEqual([
      10, 70, 130, 100, 70,
    ]);
  });

  it('toggle, and follow the clock', () => {
    const toggle = levels([
      { atMs: 0, shape: { kind: 'toggle', values: [1, 2], everySeconds: 60 } },
    ]);
    expect([0, 999, 1000, 2000].map((at) => toggle.valueAt(at, 0))).toEqual([1, 1, 2, 1]);
    const clock = levels([{ atMs: 0, shape: { kind: 'clock', offsetSeconds: -30 } }]);
    expect(clock.valueAt(5, 1000)).toBe(970);
  });
});

describe('exposition', () => {
  it('escapes labels, quotes names that need it, and leaves out what is absent', () => {
    const value = (n: number) => [{ atMs: 0, shape: { kind: 'value' as const, value: n } }];
    const text = expositionOf(
      {
        series: [
          { metric: 'a', labels: { path: 'C:\\x "y"\n' }, steps: value(1) },
          { metric: 'my.metric', labels: { 'a-b': 'c' }, steps: value(Infinity) },
          { metric: 'gone', labels: {}, steps: [] },
          { metric: 'plain', labels: {}, steps: value(NaN) },
        ],
      },
      1,
    ).textAt(0, 0);
    expect(text.split('\n')).toEqual([
      'a{path="C:\\\\x \\"y\\"\\n"} 1',
      '{"my.metric","a-b"="c"} +Inf',
      'plain NaN',
      '',
    ]);
  });
});
