import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import type { Fetching } from './apt.ts';
import { runHelper } from './processes.ts';

/** Read by people only. */
const FOR_READERS = [
  'share/doc',
  'share/man',
  'share/locale',
  'share/lintian',
  'share/info',
  'share/bash-completion',
];
/** Debian's merged folders: what a package ships in /lib is found in /usr/lib. */
const MERGED = ['bin', 'sbin', 'lib', 'lib64'];

/** Unpacks packages side by side and leaves one `usr` folder in `dir`, merged as Debian's are. */
export async function unpack(
  { dir, onProgress, signal }: Fetching,
  packages: string[],
): Promise<void> {
  onProgress(`unpacking ${packages.length} packages`);
  const root = join(dir, 'root');
  await mkdir(root, { recursive: true });
  const queue = [...packages];
  const worker = async (): Promise<void> => {
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      // Not dpkg, which starts this same program and wouldn't take it along when it dies.
      await runHelper('dpkg-deb', ['-x', next, root], {
        what: `unpacking ${basename(next)}`,
        advice: 'Run `npm run fetch` again.',
        signal,
      });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  for (const folder of await readdir(root)) {
    if (MERGED.includes(folder))
      await cp(join(root, folder), join(root, 'usr', folder), {
        recursive: true,
        force: true,
        verbatimSymlinks: true,
      });
  }
  await rename(join(root, 'usr'), join(dir, 'usr'));
  await Promise.all([
    rm(root, { recursive: true }),
    ...FOR_READERS.map((path) => rm(join(dir, 'usr', path), { recursive: true, force: true })),
  ]);
}
