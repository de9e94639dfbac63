import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { requireSpace } from '../../src/lib/space.ts';

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
