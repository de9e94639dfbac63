import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDurationMs } from '../../src/lib/duration.ts';
import { nearest } from '../../src/lib/nearest.ts';
import { sleepFor, sleepUntil, unlessAborted, until, within } from '../../src/lib/wait.ts';

const signal = new AbortController().signal;

describe('until', () => {
  it('returns the first value', async () => {
    let n = 0;
    expect(
      await until(() => Promise.resolve(++n === 3 ? 'three' : undefined), {
        what: 'three',
        timeoutMs: 1_000,
        everyMs: 1,
        signal,
      }),
    ).toBe('three');
  });
  it('keeps the last error and counts the attempts', async () => {
    await expect(
      until(() => Promise.reject(new Error('refused')), {
        what: 'it answers',
        timeoutMs: 20,
        everyMs: 5,
        signal,
      }),
    ).rejects.toThrow(/until it answers; \d+ attempts, last: refused/);
  });
  it('cancelled is never passed', async () => {
    await expect(
      until(() => Promise.resolve('x'), {
        what: 'x',
        timeoutMs: 10,
        signal: AbortSignal.abort(new Error('stopped')),
      }),
    ).rejects.toThrow('stopped');
  });
});

it.each([
  ['sleepUntil', (stop: AbortSignal) => sleepUntil(Date.now() + 10_000, stop)],
  ['sleepFor', (stop: AbortSignal) => sleepFor(10_000, stop)],
])('%s ends with the reason of its signal', async (_, sleep) => {
  const stop = new AbortController();
  const sleeping = sleep(stop.signal);
  stop.abort(new Error('interrupted'));
  await expect(sleeping).rejects.toThrow('interrupted');
});

describe('unlessAborted', () => {
  it('gives what the promise gives', async () => {
    await expect(unlessAborted(Promise.resolve(3), new AbortController().signal)).resolves.toBe(3);
    await expect(
      unlessAborted(Promise.reject(new Error('no')), new AbortController().signal),
    ).rejects.toThrow('no');
  });

  it('ends with the reason of its signal, though the promise never does', async () => {
    const stop = new AbortController();
    const waiting = unlessAborted(new Promise(() => undefined), stop.signal);
    stop.abort(new Error('interrupted'));
    await expect(waiting).rejects.toThrow('interrupted');
    await expect(unlessAborted(new Promise(() => undefined), stop.signal)).rejects.toThrow(
      'interrupted',
    );
  });

  it('ends with that reason also where the promise fails of it first', async () => {
    const stop = new AbortController();
    const failing = new Promise((_, reject) =>
      stop.signal.addEventListener('abort', () => reject(new Error('socket closed'))),
    );
    const waiting = unlessAborted(failing, stop.signal);
    stop.abort(new Error('interrupted'));
    await expect(waiting).rejects.toThrow('interrupted');
  });
});

describe('what never answers', () => {
  const never = (): Promise<never> => new Promise(() => undefined);
  const signal = new AbortController().signal;

  it('is looked for anew when one look has taken too long', async () => {
    let looks = 0;
    const probe = (): Promise<number> => (++looks === 1 ? never() : Promise.resolve(looks));
    const options = { what: 'it is there', timeoutMs: 5_000, attemptMs: 10, everyMs: 1, signal };
    await expect(until(probe, options)).resolves.toBe(2);
  });
  it('ends the waiting in time, and says so', async () => {
    await expect(
      until(never, { what: 'it is there', timeoutMs: 20, everyMs: 1, signal }),
    ).rejects.toThrow(/until it is there; \d attempts, last: it didn't answer within/);
    await expect(within(never(), 5, 'who acts on redis')).rejects.toThrow(
      "who acts on redis didn't answer within 0.0 s",
    );
  });
  it('doesn’t hide what was seen before', async () => {
    const refused = (): Promise<never> =>
      new Promise((_, reject) => setTimeout(() => reject(new Error('not up: redis')), 5));
    const seen = until(refused, { what: 'it is up', timeoutMs: 60, everyMs: 20, signal });
    await expect(seen).rejects.toThrow('last: not up: redis');
    let looks = 0;
    const thenSilent = (): Promise<never> => (++looks === 1 ? refused() : never());
    const options = { what: 'it is up', timeoutMs: 20, attemptMs: 30, everyMs: 1, signal };
    await expect(until(thenSilent, options)).rejects.toThrow('last: not up: redis');
  });
  it('ends with the reason of its signal', async () => {
    const stop = new AbortController();
    const waiting = within(never(), 5_000, 'it', stop.signal);
    stop.abort(new Error('interrupted'));
    await expect(waiting).rejects.toThrow('interrupted');
    await expect(within(never(), 5_000, 'it', stop.signal)).rejects.toThrow('interrupted');
  });
  it('leaves neither listeners nor timers behind', async () => {
    const stop = new AbortController();
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const many = Array.from({ length: 50 }, () =>
      within(Promise.resolve(3), 5_000, 'it', stop.signal),
    );
    await Promise.all(many);
    // Others of this worker may have begun to wait meanwhile.
    expect(timers() - before).toBeLessThan(many.length);
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  });
  it('is no matter where it answers', async () => {
    await expect(within(Promise.resolve(3), 5, 'it')).resolves.toBe(3);
    await expect(within(Promise.reject(new Error('no')), 5, 'it')).rejects.toThrow('no');
  });
});

describe('durations', () => {
  it.each([
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['250ms', 250],
    ['0', 0],
    ['1d', 86_400_000],
  ])('%s', (text, ms) => expect(parseDurationMs(text)).toBe(ms));
  it.each(['', '5', '5x', 'm5', '1m1h', '-5m', '1.5h'])('%j is none', (text) =>
    expect(parseDurationMs(text)).toBeUndefined(),
  );
  it.each([0, 1, 250, 1_000, 90_000, 5_400_000, 86_400_001])('%d ms there and back', (ms) =>
    expect(parseDurationMs(formatDuration(ms))).toBe(ms),
  );
});

it.each([
  ['recievers', 'receivers'],
  ['serverity', 'severity'],
  ['zzz', undefined],
])('the name nearest to %s', (typo, meant) => {
  expect(nearest(typo, ['receivers', 'severity', 'for', 'labels'])).toBe(meant);
});
