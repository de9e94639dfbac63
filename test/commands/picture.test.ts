import { describe, expect, it } from 'vitest';
import { picture } from '../../src/commands/picture.ts';
import type { RunState } from '../../src/commands/picture.ts';
import { makePlan } from '../../src/plan/index.ts';
import { smallSpec } from '../support/spec.ts';

const plan = makePlan(smallSpec(), 'small', 60);
const same = (text: string): string => text;
const plain = { bold: same, dim: same, red: same, yellow: same, green: same };
const draw = (state: Partial<RunState>, width = 80): string[] =>
  picture(
    plan,
    {
      phase: 'running 5 tracks at speed 60',
      doneMs: 0,
      totalMs: plan.lengthMs,
      waitingFor: '',
      components: {},
      ...state,
    },
    width,
    plain,
  ).split('\n');
const startOf = (track: string, phase: string): number =>
  plan.tracks.find((t) => t.id === track)?.steps.find((s) => s.phase === phase)?.startMs ?? NaN;

describe('the picture of a run', () => {
  it('shows who is in which phase', () => {
    const lines = draw({ doneMs: startOf('HighMemoryUsage', 'breach') + 1 });
    expect(lines.find((line) => line.startsWith('breach'))).toContain('HighMemoryUsage');
    expect(lines[1]).toMatch(/^━+─+ {2}\d+ s left$/);
  });

  it('shows how each component is, also without colours', () => {
    const last = draw({ components: { backend: 0, node: 0.5 } }).at(-1);
    expect(last).toBe('○ backend ◐ node ● prometheus ● alertmanager');
  });

  it('says what is awaited at the start', () =>
    expect(
      draw({ phase: 'starting the stack', waitingFor: 'every target is up', totalMs: 8_000 }),
    ).toEqual([
      'starting the stack',
      expect.stringContaining('8 s left'),
      'waiting until every target is up',
    ]));

  it('says when waiting is given up', () =>
    expect(draw({ phase: 'starting the stack', doneMs: 14_000, withinMs: 76_000 })[1]).toMatch(
      / {2}14 s, at most 76 s more$/,
    ));

  it.each([20, 40, 80, 200])('is nowhere wider than a terminal of %i columns', (width) => {
    for (let ms = 0; ms < plan.lengthMs; ms += 500)
      for (const line of draw({ doneMs: ms }, width))
        expect(line.length, line).toBeLessThan(Math.max(width, 28));
  });

  it('is full at the end, and never over it', () =>
    expect(draw({ doneMs: plan.lengthMs * 2 })[1]).toMatch(/^━+ {2}\d+ s, any moment now$/));
});
