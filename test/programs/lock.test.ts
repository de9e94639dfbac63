import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { markOf } from '../../src/lib/process-mark.ts';
import { ELSEWHERE, ENDED, REUSED } from '../support/marks.ts';
import { withLock } from '../../src/programs/lock.ts';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((dir) => rmSync(dir, { recursive: true })));

function lockPath(): string {
  const dir = mkdtempSync(join(tmpdir(), 'gtv-lock-'));
  made.push(dir);
  return join(dir, 'lock');
}
const open = new AbortController().signal;
const ignore = (): void => undefined;

describe('the lock', () => {
  it('returns what the work returns, and leaves nothing', async () => {
    const path = lockPath();
    expect(
      await withLock(path, open, ignore, () => Promise.resolve(readdirSync(path).length)),
    ).toBe(1);
    expect(readdirSync(dirname(path))).toEqual([]);
  });
  it('is free again after work that failed', async () => {
    const path = lockPath();
    await expect(
      withLock(path, open, ignore, () => Promise.reject(new Error('broken'))),
    ).rejects.toThrow('broken');
    expect(existsSync(path)).toBe(false);
  });
  it('without an owner is taken at once: its process died before it could write', async () => {
    const path = lockPath();
    mkdirSync(path);
    expect(await withLock(path, open, ignore, () => Promise.resolve('done'))).toBe('done');
  });
  it('with an owner cut off in the middle is taken over', async () => {
    const path = lockPath();
    mkdirSync(path);
    writeFileSync(join(path, 'pid'), '');
    expect(await withLock(path, open, ignore, () => Promise.resolve('done'))).toBe('done');
  });
  it.each([
    ['of a process that has ended is taken over', ENDED],
    ['of another process that had the same number is taken over', REUSED],
  ])('%s', async (_, mark) => {
    const path = lockPath();
    mkdirSync(path);
    writeFileSync(join(path, 'pid'), mark);
    expect(await withLock(path, open, ignore, () => Promise.resolve('done'))).toBe('done');
  });
  it('of a process that cannot be seen from here is left alone', async () => {
    const path = lockPath();
    mkdirSync(path);
    writeFileSync(join(path, 'pid'), ELSEWHERE);
    const stop = new AbortController();
    const told = (): void => stop.abort(new Error('it is held'));
    await expect(withLock(path, stop.signal, told, () => Promise.resolve())).rejects.toThrow(
      'it is held',
    );
    expect(readdirSync(path)).toEqual(['pid']);
  });
  it('of a living process is waited for, said once, until the signal; and is left alone', async () => {
    const path = lockPath();
    mkdirSync(path);
    writeFileSync(join(path, 'pid'), markOf());
    let told = 0;
    const stop = new AbortController();
    const waiting = withLock(
      path,
      stop.signal,
      () => told++,
      () => Promise.resolve('done'),
    );
    setTimeout(() => stop.abort(new Error('stopped')), 300);
    await expect(waiting).rejects.toThrow('stopped');
    expect(told).toBe(1);
    expect(readdirSync(dirname(path))).toEqual(['lock']);
    expect(readdirSync(path)).toEqual(['pid']);
  });
});
