import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { diskFullOr, requireSpace } from '../../src/lib/space.ts';

it('a disk without room is refused with what it has, what is needed, and what to do', async () => {
  // The kernel's own file system has no blocks at all.
  await expect(requireSpace('/proc', 'the disk', 'Make room.')).rejects.toMatchObject({
    message: 'the disk has 0 MB left, and a run needs up to 400 MB',
    advice: 'Make room.',
  });
});

it('a disk with room is taken', async () => {
  await expect(requireSpace(tmpdir(), 'the disk', 'Make room.')).resolves.toBeUndefined();
});

it('a write that the disk had no room for is told with the disk and what to do, else as it is', () => {
  const full = Object.assign(new Error('ENOSPC: write'), { code: 'ENOSPC' });
  expect(diskFullOr(full, { runDir: '/runs/x' })).toMatchObject({
    message: 'no space is left on the disk of /runs/x',
    advice: expect.stringContaining('GTV_RUNS') as string,
    cause: full,
  });
  expect(diskFullOr(full, 'engine')).toMatchObject({
    message: "no space is left on the container engine's disk",
    advice: expect.stringContaining('docker system df') as string,
  });
  const other = new Error('else');
  expect(diskFullOr(other, 'engine')).toBe(other);
});
