import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProgress } from '../../src/lib/progress.ts';
import type { ProgressStream } from '../../src/lib/progress.ts';

function stream(
  isTTY: boolean,
  columns = 60,
): ProgressStream & { out: string[]; fail: (error: Error) => void } {
  const out: string[] = [];
  const listeners: ((error: Error) => void)[] = [];
  return {
    out,
    isTTY,
    columns,
    write: (text) => out.push(text),
    on: (_event, listener) => listeners.push(listener),
    fail: (error) => listeners.forEach((listener) => listener(error)),
  };
}

const update = {
  phase: 'running',
  doneMs: 5_000,
  totalMs: 30_000,
  waitingFor: 'HighCPUUsage near',
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('on a terminal', () => {
  it('rewrites one line, at most ten times a second, with what is left and awaited', () => {
    const s = stream(true);
    const progress = createProgress({ stream: s, quiet: false });
    progress.phase('running 19 tracks');
    for (let i = 0; i < 200; i++) {
      progress.update({ ...update, doneMs: 5_000 + i * 5, waitingFor: `step ${i}` });
      vi.advanceTimersByTime(5);
    }
    expect(s.out.length).toBeGreaterThan(5);
    expect(s.out.length).toBeLessThanOrEqual(10);
    expect(s.out.join('')).not.toContain('\n');
    expect(s.out.at(-1)).toMatch(/^\r\u001b\[2Krunning 19 tracks, 2[45] s left: step 1\d\d$/);
    progress.stop();
  });
  it('counts down between updates and never below nothing', () => {
    const s = stream(true);
    const progress = createProgress({ stream: s, quiet: false });
    progress.update(update);
    vi.advanceTimersByTime(3_100);
    expect(s.out.at(-1)).toContain('22 s left');
    vi.advanceTimersByTime(60_000);
    expect(s.out.at(-1)).toContain('68 s, any moment now');
    progress.stop();
  });
  it('cuts the line to the width, keeps printed lines, clears itself at the end', () => {
    const s = stream(true, 40);
    const progress = createProgress({ stream: s, quiet: false });
    progress.update({ ...update, waitingFor: 'x'.repeat(200) });
    vi.advanceTimersByTime(100);
    expect(s.out.at(-1)?.replace('\r\u001b[2K', '')).toHaveLength(39);
    progress.line('fetched');
    expect(s.out.at(-1)).toBe('\r\u001b[2Kfetched\n');
    vi.advanceTimersByTime(100);
    progress.stop();
    const before = s.out.length;
    expect(s.out.at(-1)).toBe('\r\u001b[2K');
    progress.stop();
    progress.phase('late');
    progress.line('late');
    vi.advanceTimersByTime(20_000);
    expect(s.out).toHaveLength(before);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('elsewhere', () => {
  it('writes a line for each phase and one every ten seconds', () => {
    const s = stream(false);
    const progress = createProgress({ stream: s, quiet: false });
    progress.phase('starting the stack');
    progress.update({ ...update, phase: 'starting the stack', doneMs: 0 });
    vi.advanceTimersByTime(10_000);
    progress.phase('running 19 tracks');
    progress.update(update);
    progress.line('a word');
    vi.advanceTimersByTime(5_000);
    progress.stop();
    expect(s.out).toEqual([
      'starting the stack\n',
      'starting the stack, 20 s left: HighCPUUsage near\n',
      'running 19 tracks\n',
      'a word\n',
    ]);
  });
});

it('says how long something has been waited for, and when it is given up', () => {
  const s = stream(true, 100);
  const progress = createProgress({ stream: s, quiet: false });
  progress.phase('fetching');
  vi.advanceTimersByTime(12_000);
  expect(s.out.at(-1)).toMatch(/fetching, 12 s$/);
  progress.update({ ...update, phase: 'fetching', doneMs: 14_000, withinMs: 76_000 });
  vi.advanceTimersByTime(6_000);
  expect(s.out.at(-1)).toMatch(/fetching, 20 s, at most 70 s more: HighCPUUsage near$/);
  progress.stop();
});

it('is silent when it has to be quiet', () => {
  const s = stream(true);
  const progress = createProgress({ stream: s, quiet: true });
  progress.phase('a');
  progress.update(update);
  progress.line('b');
  vi.advanceTimersByTime(20_000);
  progress.stop();
  expect(s.out).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

it('never throws when nobody reads any more', () => {
  const s = stream(false);
  const progress = createProgress({
    stream: {
      ...s,
      write: () => {
        throw Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
      },
    },
    quiet: false,
  });
  progress.phase('a');
  progress.line('b');
  vi.advanceTimersByTime(20_000);
  s.fail(new Error('write EPIPE'));
  progress.stop();
});

it('can be told by one of its functions alone', () => {
  const s = stream(false);
  const { phase, stop } = createProgress({ stream: s, quiet: false });
  phase('asking');
  stop();
  expect(s.out).toEqual(['asking\n']);
});
