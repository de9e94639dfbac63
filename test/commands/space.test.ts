import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { checkMountable, checkSpace } from '../../src/commands/space.ts';
import { unwritable } from '../../src/lib/unwritable.ts';
import { startCli } from '../support/cli.ts';

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'gtv-space-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}

/** What is told of a folder for runs that can't be made. */
async function told(dir: string): Promise<string | undefined> {
  const error: unknown = await checkSpace(dir).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return unwritable(error);
}

it('the folder for runs is made with all above it, however many make it', async () => {
  const dir = join(folder(), 'a', 'b', 'c');
  await Promise.all([checkSpace(dir), checkSpace(dir), checkSpace(dir)]);
  expect(existsSync(dir)).toBe(true);
});

it('a file system that says of each new folder that there is none is not asked for ever', async () => {
  expect(await told('/proc/runs/of/mine')).toBe(
    "/proc/runs can't be made: /proc can't be written: its file system takes no new folders",
  );
});

it('what stands in the place of a folder is told as that', async () => {
  const dir = folder();
  writeFileSync(join(dir, 'file'), '');
  symlinkSync('nowhere', join(dir, 'link'));
  expect(await told(join(dir, 'file', 'runs'))).toContain('a file stands where a folder has to be');
  for (const name of ['file', 'link'])
    expect(await told(join(dir, name))).toBe(
      `${join(dir, name)} can't be written: what stands there is no folder`,
    );
});

it.each([':', ',', '\\'])(
  'a folder for runs that no overlay mount can name is refused: %s',
  (sign) => {
    expect(() => checkMountable(`/a${sign}b/runs`)).toThrow(
      `the folder for runs /a${sign}b/runs has a colon, comma or backslash in its path`,
    );
  },
);

it('any other is taken', () => {
  expect(() => checkMountable('/a b/ü=1/"runs"')).not.toThrow();
});

it.each([
  ['prove', 'test/stacks/shop'],
  ['verify', '--runtime', 'native'],
])('%s says so before anything is begun', async (...args) => {
  const { exitCode, stderr } = await startCli([...args, '--quiet'], '/nowhere,at/all');
  expect(stderr).toContain('/nowhere,at/all has a colon, comma or backslash in its path');
  expect(stderr).toContain('GTV_RUNS');
  expect(exitCode).toBe(2);
});
