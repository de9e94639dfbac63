import { rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { sleepUntil } from '../../lib/wait.ts';
import type { DiscoveryChange, ProofPlan } from '../../model/proof-plan.ts';

/** Lays a folder that can be written over those of discovery files: /etc of a run is read only. */
export async function makeDiscoveryWritable({ discovery, files }: ProofPlan): Promise<void> {
  for (const folder of new Set(discovery.map(({ path }) => dirname(path)))) {
    await execa('mount', ['-t', 'tmpfs', 'tmpfs', join('/etc', folder)]);
    for (const { path, text } of files)
      if (dirname(path) === folder) await writeFile(join('/etc', path), text);
  }
}

/**
 * Tells Prometheus of targets that go and come back, each at its time.
 * @param t0 epoch ms
 */
export async function changeDiscovery(
  changes: DiscoveryChange[],
  t0: number,
  signal: AbortSignal,
): Promise<void> {
  for (const { atMs, path, text } of changes) {
    await sleepUntil(t0 + atMs, signal);
    const file = join('/etc', path);
    // A file that is half written would be no discovery at all.
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  }
}
