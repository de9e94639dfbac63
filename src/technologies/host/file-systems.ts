import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { DECOY_BYTES, DISK_BYTES, DISK_MOUNT } from '../../model/world.ts';
import { mountinfo } from './kernel-files.ts';

const FOLDERS = [
  'proc/1',
  'proc/net',
  'proc/self',
  'sys/devices/system/cpu',
  'udev',
  `root${DISK_MOUNT}`,
  'root/run',
  'root/snap/core',
];
/** A file that fills a pseudo file system, over which nobody may be woken. */
export const DECOY = 'root/run/full';
const DECOY_FILE_BYTES = 60 * 1024;
/** What the host says is mounted: its disk, and two pseudo file systems that are full. */
const MOUNTS = [
  { ids: '21 1 8:2', at: DISK_MOUNT, type: 'ext4', device: '/dev/sda2' },
  { ids: '22 1 0:20', at: '/run', type: 'tmpfs', device: 'tmpfs' },
  { ids: '23 1 0:21', at: '/snap/core', type: 'squashfs', device: '/dev/loop0' },
];

/**
 * Makes the folders of a host, its CPUs and its file systems.
 * @param by who mounts the file systems: in a container the engine has done it already
 */
export async function layOut(dir: string, cpus: number, by: 'harness' | 'engine'): Promise<void> {
  mkdirSync(dir, { recursive: true });
  // In memory: a disk takes its time over each of the files that are replaced all the time.
  if (by === 'harness') await mountMemory('host', dir);
  for (const folder of FOLDERS) mkdirSync(join(dir, folder), { recursive: true });
  for (let i = 0; i < cpus; i++) replace(dir, `sys/devices/system/cpu/cpu${i}/online`, '1\n');
  replace(dir, 'sys/devices/system/cpu/online', `0-${cpus - 1}\n`);
  if (by === 'harness') {
    await mountMemory('data', join(dir, `root${DISK_MOUNT}`), DISK_BYTES);
    await mountMemory('decoy', join(dir, 'root/run'), DECOY_BYTES);
  }
  writeFileSync(join(dir, DECOY), Buffer.alloc(DECOY_FILE_BYTES));
  replace(dir, 'proc/1/mountinfo', mountinfo(MOUNTS));
}

/** Puts a file in its place, of which the exporter never sees half: written beside and renamed. */
export function replace(dir: string, path: string, text: string): void {
  const full = join(dir, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(`${full}.new`, text);
  renameSync(`${full}.new`, full);
}

/** A file system in memory, in the run's own mount namespace: it ends with it. */
async function mountMemory(name: string, at: string, sizeBytes?: number): Promise<void> {
  const size = sizeBytes === undefined ? [] : ['-o', `size=${sizeBytes}`];
  await execa('mount', ['-t', 'tmpfs', ...size, name, at]);
}
