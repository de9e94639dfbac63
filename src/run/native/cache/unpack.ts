import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { HarnessError } from '../../../lib/errors.ts';
import type { Fetching } from './apt.ts';

/** Read by people only. */
const FOR_READERS = ['share/doc', 'share/man', 'share/locale', 'share/lintian', 'share/info', 'share/bash-completion'];
/** Debian's merged folders: what a package ships in /lib is found in /usr/lib. */
const MERGED = ['bin', 'sbin', 'lib', 'lib64'];

/** Unpacks packages side by side and leaves one `usr` folder in `dir`, merged as Debian's are. */
export async function unpack({ dir, onProgress, signal }: Fetching, packages: string[]): Promise<void> {
  onProgress(`unpacking ${packages.length} packages`);
  const root = join(dir, 'root');
  await mkdir(root, { recursive: true });
  const queue = [...packages];
  const worker = async (): Promise<void> => {
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const result = await execa('dpkg', ['-x', next, root], { reject: false, cancelSignal: signal });
      signal.throwIfAborted();
      if (result.exitCode !== 0) throw new HarnessError(`unpacking ${next.split('/').at(-1) ?? ''} failed: ${result.stderr.trim()}`, 'Is there space on the disk? Then run `npm run fetch` again.');
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  for (const folder of await readdir(root)) {
    if (MERGED.includes(folder)) await cp(join(root, folder), join(root, 'usr', folder), { recursive: true, force: true, verbatimSymlinks: true });
  }
  await execa('mv', [join(root, 'usr'), join(dir, 'usr')]);
  await Promise.all([rm(root, { recursive: true }), ...FOR_READERS.map((path) => rm(join(dir, 'usr', path), { recursive: true, force: true }))]);
}
