import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { checkedBeside } from '../../src/commands/check-beside.ts';
import type { FilesChecked } from '../../src/commands/files-checked.ts';
import { keepFilesChecked, readFilesChecked } from '../../src/commands/files-checked.ts';

const STACK = join(import.meta.dirname, '..', '..', 'stack');
const quiet = { event: () => undefined, line: () => undefined, stop: () => undefined };
const filesOf = async (stackDir: string): Promise<FilesChecked> =>
  (await checkedBeside(stackDir, quiet, () => Promise.resolve())).files;

afterEach(() => vi.unstubAllEnvs());

it('files that are right are told as checked', async () => {
  const { checked, unchecked } = await filesOf(STACK);
  expect([checked?.findings, unchecked]).toEqual([[], null]);
});

it('files that can’t be checked are told as that, with the reason', async () => {
  const { checked, unchecked } = await filesOf(join(STACK, 'not-there'));
  expect(checked).toBeNull();
  expect(unchecked).toContain('not-there');
});

it('a run that was ended before they were checked has nothing that says they are right', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'gtv-files-checked-'));
  try {
    expect(await readFilesChecked(dir)).toMatchObject({
      checked: null,
      unchecked: expect.stringContaining('ended before') as string,
    });
    const kept = { checked: null, unchecked: 'no room' };
    await keepFilesChecked(dir, kept);
    expect(await readFilesChecked(dir)).toEqual(kept);
  } finally {
    rmSync(dir, { recursive: true });
  }
});
