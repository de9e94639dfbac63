import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { keepRunLog } from '../../src/lib/run-log.ts';

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'gtv-run-log-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

it('what a run said is kept in its folder', async () => {
  const dir = folder();
  mkdirSync(join(dir, 'logs'));
  await keepRunLog(dir, 'what it said');
  expect(readFileSync(join(dir, 'logs', 'run.log'), 'utf8')).toBe('what it said');
});

it('a folder that was removed while a run used it is told as that, and isn’t made anew', async () => {
  const dir = folder();
  const told = (gone: string) => ({
    name: 'RunFolderGone',
    message: `the run's folder was removed while it ran: ${gone} is gone, and with it what was recorded`,
    advice: expect.stringContaining('leave its folder alone') as string,
  });
  await expect(keepRunLog(dir, '')).rejects.toMatchObject(told(join(dir, 'logs')));
  rmSync(dir, { recursive: true });
  await expect(keepRunLog(dir, '')).rejects.toMatchObject(told(dir));
  expect(existsSync(dir)).toBe(false);
});
