import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readEvidence } from '../../src/run/read-evidence.ts';

const nowhere = join(tmpdir(), 'gtv-no-run');

it('a run that was killed is told with the likely reason', async () => {
  await expect(readEvidence(nowhere, 'SIGKILL', '')).rejects.toMatchObject({
    message: 'the run ended without evidence (exit SIGKILL): it wrote nothing',
    advice: expect.stringContaining('where memory runs out') as string,
  });
});

it('one that failed, with its last words', async () => {
  await expect(readEvidence(nowhere, 1, 'first\nError: no room\n')).rejects.toMatchObject({
    message: 'the run ended without evidence (exit 1): first\nError: no room',
    advice: 'The whole output is in logs/run.log of the run folder.',
  });
});
