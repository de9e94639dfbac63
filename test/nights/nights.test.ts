import { describe, expect, it } from 'vitest';
import { FEWEST, LOOK_BACK, compareNights } from '../../scripts/nights/compare.ts';
import type { Figures, Night } from '../../scripts/nights/figures.ts';
import { RATIO, figuresOf } from '../../scripts/nights/figures.ts';
import { addNight, forget, readHistory } from '../../scripts/nights/history.ts';
import { comparisonText } from '../../scripts/nights/table.ts';
import { judge } from '../../src/verdict/index.ts';
import { failed, judgement, samplePlan, verdict } from '../report/samples.ts';
import { perfectEvidence } from '../support/perfect.ts';

const night = (i: number, figures: Record<string, number>, more: Partial<Night> = {}): Night => ({
  schemaVersion: 1,
  runId: `2030${String(i).padStart(4, '0')}-030000-ab12`,
  stackName: 'stack',
  speed: 60,
  figures,
  ...more,
});
const tonight = (figures: Record<string, number>, steps: Record<string, number> = {}): Figures => ({
  night: night(9_999, figures),
  steps,
});
/** Nights in which one figure had these values. */
const nights = (values: number[], name = 'x'): Night[] =>
  values.map((value, i) => night(i, { [name]: value }));
const worse = (now: Figures, history: Night[]): string[] =>
  compareNights(now, history)
    .figures.filter((f) => f.worse)
    .map((f) => f.name);

describe('figures of a run', () => {
  const plan = samplePlan();
  const { night: real, steps } = figuresOf(judge(plan, perfectEvidence(plan)), plan);

  it('are there for every time that the verdicts measure', () => {
    const kinds = new Set(
      Object.keys(real.figures)
        .filter((name) => !/^(mean|whole)/.test(name))
        .map((name) => name.split(': ')[1]),
    );
    expect([...kinds].sort()).toEqual([
      'email told',
      'email told of the end',
      'fires on time',
      'pending in time',
      'resolves in time',
      'slack told',
      'slack told of the end',
      'watchdog delivered',
    ]);
    expect(real.figures['HighErrorRate: fires on time']).toBeCloseTo(5);
    // `group_wait`, and the way from the webhook beside it to Slack.
    expect(real.figures['HighErrorRate: slack told']).toBeCloseTo(0.52);
    for (const value of Object.values(real.figures)) expect(Number.isFinite(value)).toBe(true);
  });

  it('have the step of their alert', () => {
    expect(steps['HighErrorRate: fires on time']).toBe(0.5);
    expect(steps['HighErrorRate: slack told of the end']).toBe(1);
  });

  it('hold the means, the whole run and its ratio', () => {
    const j = judgement([
      verdict('A', 'slack told', '+0.50 s'),
      verdict('B', 'slack told', '+0.70 s'),
      verdict('B', 'quiet below limit', 'for 6.75 s'),
      verdict('Watchdog', 'watchdog delivered', '38 times, at most 1.51 s apart'),
    ]);
    const figures = figuresOf(j, plan).night.figures;
    expect(figures['mean of 2: slack told']).toBeCloseTo(0.6);
    expect(figures).toMatchObject({
      'whole run': 90,
      [RATIO]: 1.2,
      'A: slack told': 0.5,
      'B: slack told': 0.7,
      'Watchdog: watchdog delivered': 1.51,
    });
    expect(Object.keys(figures)).toHaveLength(6);
  });

  it("don't take what a failed expectation has seen", () => {
    expect(figuresOf(failed(), plan).night.figures).not.toHaveProperty(
      'HighErrorRate: fires on time',
    );
  });
});

describe('tonight against the nights before', () => {
  it('names what got worse, and nothing else', () => {
    const history = Array.from({ length: 7 }, (_, i) => night(i, { a: 1 + (i % 3) / 100, b: 5 }));
    expect(worse(tonight({ a: 1.5, b: 5.05 }), history)).toEqual(['a']);
    expect(worse(tonight({ a: 1.02, b: 5 }), history)).toEqual([]);
  });

  it('is not alarmed by what got better', () =>
    expect(worse(tonight({ x: 0.1 }), nights([5, 5, 5, 5, 5]))).toEqual([]));

  it('leaves a figure that always varies its usual spread', () => {
    const varied = [1, 3, 2, 5, 4, 1, 3, 5, 2, 4];
    expect(worse(tonight({ x: 5.9 }), nights(varied))).toEqual([]);
    expect(worse(tonight({ x: 6.1 }), nights(varied))).toEqual(['x']);
  });

  it('is not moved by one odd night', () => {
    expect(worse(tonight({ x: 2 }), nights([1, 1, 60, 1, 1, 1]))).toEqual(['x']);
  });

  it('leaves a few hundredths, a fiftieth and a step unnamed', () => {
    expect(worse(tonight({ x: 0.64 }), nights([0.5, 0.5, 0.5, 0.5, 0.5]))).toEqual([]);
    expect(worse(tonight({ x: 0.66 }), nights([0.5, 0.5, 0.5, 0.5, 0.5]))).toEqual(['x']);
    expect(worse(tonight({ x: 5_090 }), nights([5_000, 5_000, 5_000, 5_000, 5_000]))).toEqual([]);
    expect(worse(tonight({ x: 1.6 }, { x: 1 }), nights([0.5, 0.5, 0.5, 0.5, 0.5]))).toEqual([]);
    expect(worse(tonight({ x: 1.7 }, { x: 1 }), nights([0.5, 0.5, 0.5, 0.5, 0.5]))).toEqual(['x']);
  });

  it('holds a ratio against ratios, not seconds', () => {
    expect(worse(tonight({ [RATIO]: 1.1 }), nights([1.02, 1.02, 1.02, 1.02, 1.02], RATIO))).toEqual(
      [RATIO],
    );
  });

  it(`looks back ${LOOK_BACK} nights and no further`, () => {
    const slowOnce = nights([
      ...Array.from({ length: 20 }, () => 9),
      ...Array.from({ length: LOOK_BACK }, () => 1),
    ]);
    expect(compareNights(tonight({ x: 2 }), slowOnce).figures).toMatchObject([
      { usual: 1, nights: LOOK_BACK, worse: true },
    ]);
  });

  it(`says nothing with fewer than ${FEWEST} nights, and says so`, () => {
    const comparison = compareNights(tonight({ x: 99 }), nights([1, 1, 1, 1]));
    expect(comparison).toMatchObject({ figures: [], tooNew: ['x'] });
    expect(comparisonText(comparison)).toContain('Nothing to compare with yet.');
  });

  it('compares with nights of the same stack and speed alone, and never with itself', () => {
    const other = [
      ...nights([1, 1, 1, 1, 1]).map((n) => ({ ...n, speed: 1 })),
      ...nights([1, 1, 1, 1, 1]).map((n) => ({ ...n, stackName: 'other' })),
      ...Array.from({ length: 5 }, () => night(9_999, { x: 1 })),
    ];
    expect(compareNights(tonight({ x: 99 }), other).figures).toEqual([]);
  });

  it('tells what is no longer measured', () => {
    const history = Array.from({ length: 6 }, (_, i) =>
      night(i, { x: 1, y: 1, ...(i === 0 ? { z: 1 } : {}) }),
    );
    const comparison = compareNights(tonight({ x: 1 }), history);
    expect(comparison.gone).toEqual(['y']);
    expect(comparisonText(comparison)).toContain('No longer measured: y.');
  });
});

describe('the table', () => {
  const history = Array.from({ length: 6 }, (_, i) => night(i, { a: 1, b: 1, 'c|d': 1 }));
  it('shows what got worse, the worst first', () => {
    const lines = comparisonText(compareNights(tonight({ a: 2, b: 1, 'c|d': 9 }), history)).split(
      '\n',
    );
    expect(lines[0]).toBe('**2 of 3 figures got worse by more than their usual spread.**');
    expect(
      lines
        .filter((line) => line.endsWith('| worse |'))
        .map((line) =>
          line
            .split(/(?<!\\)\|/)
            .map((cell) => cell.trim())
            .slice(1, 6),
        ),
    ).toEqual([
      ['c\\|d', '9.00', '1.00', '1.15', '6'],
      ['a', '2.00', '1.00', '1.15', '6'],
    ]);
  });
  it('is one line when all is as usual, unless all is asked for', () => {
    const comparison = compareNights(tonight({ a: 1, b: 1, 'c|d': 1 }), history);
    expect(comparisonText(comparison)).toBe('None of 3 figures is worse than usual.');
    expect(comparisonText(comparison, true).split('\n')).toHaveLength(7);
  });
});

describe('the history', () => {
  it('comes back as it was written, with one more night', () => {
    const [first = night(0, {}), second = night(1, {})] = nights([1, 2]);
    expect(readHistory(addNight([first], second), 'nights.jsonl')).toEqual([first, second]);
    expect(readHistory('', 'nights.jsonl')).toEqual([]);
  });
  it('forgets a figure, and then it is learnt anew', () => {
    const history = forget(
      Array.from({ length: 6 }, (_, i) => night(i, { x: 1, y: 1 })),
      ['x'],
    );
    expect(compareNights(tonight({ x: 9, y: 9 }), history)).toMatchObject({
      tooNew: ['x'],
      figures: [{ name: 'y', worse: true }],
    });
  });
  it('holds a run once, and no more than 100', () => {
    const [first = night(0, {})] = nights([1]);
    expect(readHistory(addNight([first], { ...first, figures: { x: 2 } }), 'f')).toEqual([
      { ...first, figures: { x: 2 } },
    ]);
    expect(
      readHistory(
        addNight(
          Array.from({ length: 120 }, (_, i) => night(i, {})),
          night(500, {}),
        ),
        'f',
      ),
    ).toHaveLength(100);
  });
  it.each([
    ['{"schemaVersion":1', 'no JSON'],
    ['{"schemaVersion":2,"runId":"a","stackName":"s","speed":60,"figures":{}}', 'another version'],
    ['{"schemaVersion":1,"runId":"a","stackName":"s","speed":60,"figures":{"x":"1"}}', 'a text'],
  ])('refuses %s (%s), and names the line', (line) => {
    expect(() => readHistory(`${JSON.stringify(night(0, {}))}\n${line}\n`, 'nights.jsonl')).toThrow(
      /^nights\.jsonl:2 is no night/,
    );
  });
});
