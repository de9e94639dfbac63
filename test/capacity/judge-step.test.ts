import { describe, expect, it } from 'vitest';
import { judgeStep } from '../../src/capacity/judge-step.ts';
import { ERRORS, SLOW, measurement, processUse } from './samples.ts';

const LIMITS = [SLOW, ERRORS];
const slow = { backend: { latencyP95Seconds: 1.4, errorShare: 0 } };

describe('a step', () => {
  it('holds when every limit is kept and the generator kept up', () => {
    expect(judgeStep(measurement(1_000), LIMITS)).toEqual({ outcome: 'holds' });
  });

  it('holds on a limit itself, as an alert with `>` stays quiet there', () => {
    expect(
      judgeStep(
        measurement(1_000, { parts: { backend: { latencyP95Seconds: 1, errorShare: 0.05 } } }),
        LIMITS,
      ).outcome,
    ).toBe('holds');
  });

  it('breaks with every limit that wasn’t kept, with its figure', () => {
    const verdict = judgeStep(
      measurement(1_000, { parts: { backend: { latencyP95Seconds: 1.4, errorShare: 0.06 } } }),
      LIMITS,
    );
    expect(verdict).toEqual({
      outcome: 'breaks',
      breaches: [
        { limit: SLOW, value: 1.4 },
        { limit: ERRORS, value: 0.06 },
      ],
    });
  });

  it('breaks by too little as well as by too much', () => {
    const least = {
      ...SLOW,
      figure: 'samplesShare' as const,
      part: null,
      bound: 'at least' as const,
      value: 0.99,
    };
    expect(judgeStep(measurement(1, { figures: { samplesShare: 0.98 } }), [least]).outcome).toBe(
      'breaks',
    );
    expect(judgeStep(measurement(1, { figures: { samplesShare: 0.99 } }), [least]).outcome).toBe(
      'holds',
    );
  });

  it('breaks when answers come more slowly than requests, though none has waited too long yet', () => {
    const figures = { latencyP95Seconds: 0.7, achievedPerSecond: 900 };
    expect(judgeStep(measurement(1_000, { figures }), LIMITS)).toMatchObject({
      outcome: 'breaks',
      breaches: [{ value: 900, limit: { figure: 'achievedPerSecond', value: 970, alert: null } }],
    });
    expect(
      judgeStep(measurement(1_000, { figures: { ...figures, achievedPerSecond: 975 } }), LIMITS)
        .outcome,
    ).toBe('holds');
    // Of ten a second, two that cross the edge are no queue.
    expect(
      judgeStep(
        measurement(10, { figures: { latencyP95Seconds: 0.7, achievedPerSecond: 9.6 } }),
        LIMITS,
      ).outcome,
    ).toBe('holds');
    // What the generator dropped couldn't be answered.
    expect(
      judgeStep(measurement(1_000, { figures: { ...figures, droppedShare: 0.1 } }), LIMITS),
    ).toMatchObject({ outcome: 'invalid', reason: 'generator' });
  });

  it.each(['refused', 'hung', 'died', 'harness'] as const)(
    'with trouble (%s) says nothing, however good its figures',
    (kind) => {
      expect(
        judgeStep(measurement(1_000, { trouble: { kind, detail: 'it did' } }), LIMITS),
      ).toEqual({ outcome: 'invalid', reason: kind, detail: 'it did' });
    },
  );

  it('of a subject that can’t be asked any more breaks when it had no file handles left', () => {
    const files = {
      ...SLOW,
      title: 'open files',
      figure: 'openFilesShare' as const,
      part: null,
      value: 0.9,
    };
    const trouble = { kind: 'hung' as const, detail: 'fetch failed' };
    expect(
      judgeStep(measurement(1, { trouble, parts: {}, figures: { openFilesShare: 1 } }), [
        SLOW,
        files,
      ]),
    ).toEqual({ outcome: 'breaks', breaches: [{ limit: files, value: 1 }] });
    expect(
      judgeStep(measurement(1, { trouble, parts: {}, figures: { openFilesShare: 0.2 } }), [
        SLOW,
        files,
      ]),
    ).toMatchObject({ outcome: 'invalid', reason: 'hung' });
  });

  it.each([
    ['othersCpuShare', 0.3],
    ['stealShare', 0.1],
  ] as const)('on a busy machine says nothing, whether it broke or held (%s)', (figure, value) => {
    for (const parts of [measurement(1).parts, slow])
      expect(
        judgeStep(measurement(1_000, { parts, figures: { [figure]: value } }), LIMITS),
      ).toMatchObject({ outcome: 'invalid', reason: 'busy-machine' });
  });

  it.each([
    {},
    { backend: { errorShare: 0 } },
    { backend: { latencyP95Seconds: NaN, errorShare: 0 } },
  ])('without a figure that a limit needs says nothing: %j', (parts) => {
    expect(judgeStep(measurement(1_000, { parts }), LIMITS)).toMatchObject({
      outcome: 'invalid',
      reason: 'not-measured',
      detail: expect.stringContaining('p95 of backend') as string,
    });
  });

  it('without limits says nothing', () => {
    expect(judgeStep(measurement(1_000), [])).toMatchObject({
      outcome: 'invalid',
      reason: 'not-measured',
    });
  });

  it('in which the generator dropped something while all was well is the generator’s', () => {
    expect(
      judgeStep(
        measurement(9_000, { figures: { droppedShare: 0.001, generatorCpuShare: 0.97 } }),
        LIMITS,
      ),
    ).toMatchObject({
      outcome: 'invalid',
      reason: 'generator',
      detail: expect.stringContaining('97%') as string,
    });
    expect(
      judgeStep(measurement(9_000, { figures: { droppedShare: 0.0009 } }), LIMITS).outcome,
    ).toBe('holds');
  });

  it('in which users were missing although the generator had CPU to spare is the subject’s', () => {
    expect(
      judgeStep(
        measurement(9_000, { figures: { droppedShare: 0.02, generatorCpuShare: 0.5 } }),
        LIMITS,
      ),
    ).toMatchObject({ outcome: 'breaks', breaches: [{ value: 0.02, limit: { alert: null } }] });
  });

  it('in which virtual users were missing because the subject was slow is the subject’s', () => {
    expect(
      judgeStep(measurement(9_000, { parts: slow, figures: { droppedShare: 0.2 } }), LIMITS)
        .outcome,
    ).toBe('breaks');
  });

  describe('in which the generator was at its limit', () => {
    const figures = { generatorCpuShare: 0.99, latencyP95Seconds: 0.4, achievedPerSecond: 8_000 };

    it.each([
      ['as fast as they arrive', {}],
      ['within the limit', { parts: slow }],
    ])('and read answers late, not %s, is the generator’s', (_, changes) => {
      expect(
        judgeStep(
          measurement(9_000, { ...changes, figures, processes: [processUse('backend', 0.5)] }),
          LIMITS,
        ),
      ).toMatchObject({
        outcome: 'invalid',
        reason: 'generator',
        detail: expect.stringContaining('99%') as string,
      });
    });

    it('and the subject too is the subject’s', () => {
      expect(
        judgeStep(measurement(9_000, { figures, processes: [processUse('backend', 0.95)] }), LIMITS)
          .outcome,
      ).toBe('breaks');
    });

    it('with answers that are errors is the subject’s: it said so itself', () => {
      const parts = { backend: { latencyP95Seconds: 1.4, errorShare: 0.2 } };
      expect(
        judgeStep(
          measurement(9_000, { parts, figures, processes: [processUse('backend', 0.5)] }),
          LIMITS,
        ),
      ).toEqual({ outcome: 'breaks', breaches: [{ limit: ERRORS, value: 0.2 }] });
    });

    it('but not quite is the subject’s', () => {
      expect(
        judgeStep(
          measurement(9_000, {
            figures: { ...figures, generatorCpuShare: 0.9 },
            processes: [processUse('backend', 0.5)],
          }),
          LIMITS,
        ).outcome,
      ).toBe('breaks');
    });
  });
});
