import {
  appendFileSync,
  mkdirSync,
  renameSync,
  statSync,
  statfsSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { DECOY_BYTES, DISK_BYTES, DISK_MOUNT as DISK } from '../../model/world.ts';
import { Truth } from '../truth.ts';

/**
 * How often the counters advance, ms: limits how near a limit can be approached (20 ms in a 5 s
 * window is 0.4%).
 */
const TICK_MS = 20;
const CPUS = 4;
const USER_HZ = 100;
const MEMORY_KB = 16 * 1024 * 1024;
const PAGE = 4096;
const SECTOR = 512;

function truth(metric: string, labels: Record<string, string>, kind: 'level' | 'growing'): Truth {
  return new Truth(metric, labels, kind, 'the synthetic host');
}

/**
 * A host made of files, read by the real node exporter. Its counters advance `speed` times faster
 * than the clock. The data file system is a small real one (tmpfs, in the run's own mount
 * namespace) that really fills up; beside it stand pseudo file systems that are full, over which
 * nobody may be woken.
 */
export class SyntheticHost {
  private readonly dir: string;
  private readonly speed: number;
  private readonly mounts: boolean;
  private readonly busySeconds = { value: 0 };
  private readonly idleSeconds = { value: 0 };
  private elapsedSeconds = 0;
  private cpu = 0;
  private lastTick = Date.now();
  private timer: NodeJS.Timeout | undefined;
  private readonly known = {
    memoryTotal: truth('node_memory_MemTotal_bytes', {}, 'level'),
    memoryAvailable: truth('node_memory_MemAvailable_bytes', {}, 'level'),
    diskSize: truth('node_filesystem_size_bytes', { mountpoint: DISK }, 'level'),
    diskFree: truth('node_filesystem_avail_bytes', { mountpoint: DISK }, 'level'),
    busy: truth('node_cpu_seconds_total', { mode: 'user' }, 'growing'),
    idle: truth('node_cpu_seconds_total', { mode: 'idle' }, 'growing'),
    read: truth('node_disk_read_bytes_total', { device: 'sda' }, 'growing'),
    written: truth('node_disk_written_bytes_total', { device: 'sda' }, 'growing'),
    received: truth('node_network_receive_bytes_total', { device: 'eth0' }, 'growing'),
    sent: truth('node_network_transmit_bytes_total', { device: 'eth0' }, 'growing'),
  };

  /**
   * @param mounts whether its file systems have to be mounted; in a container the engine has
   * mounted them already
   */
  constructor(dir: string, speed: number, mounts: boolean) {
    this.dir = dir;
    this.speed = speed;
    this.mounts = mounts;
  }

  /** Makes the files and mounts, and begins to tick; the levels are set by themselves. */
  async start(): Promise<void> {
    mkdirSync(this.dir, { recursive: true });
    // In memory: a disk takes its time over each of the files that are replaced all the time.
    if (this.mounts) await mountMemory('host', this.dir);
    for (const folder of [
      'proc/1',
      'proc/net',
      'proc/self',
      'sys/devices/system/cpu',
      'udev',
      `root${DISK}`,
      'root/run',
      'root/snap/core',
    ])
      mkdirSync(join(this.dir, folder), { recursive: true });
    for (let i = 0; i < CPUS; i++) this.write(`sys/devices/system/cpu/cpu${i}/online`, '1\n');
    this.write('sys/devices/system/cpu/online', `0-${CPUS - 1}\n`);
    if (this.mounts) {
      await mountMemory('data', join(this.dir, `root${DISK}`), DISK_BYTES);
      await mountMemory('decoy', join(this.dir, 'root/run'), DECOY_BYTES);
    }
    writeFileSync(join(this.dir, 'root/run/full'), Buffer.alloc(60 * 1024));
    const mounts = [
      ['21 1 8:2', DISK, 'ext4', '/dev/sda2'],
      ['22 1 0:20', '/run', 'tmpfs', 'tmpfs'],
      ['23 1 0:21', '/snap/core', 'squashfs', '/dev/loop0'],
    ];
    this.write(
      'proc/1/mountinfo',
      mounts
        .map(
          ([id, at, type, device]) => `${id} / ${at} rw,relatime shared:1 - ${type} ${device} rw\n`,
        )
        .join(''),
    );
    this.lastTick = Date.now();
    this.tick();
    this.timer = setInterval(() => this.tick(), TICK_MS);
  }

  /** Share (0..1) of CPU time in use from now on. */
  setCpu(share: number): void {
    this.advance();
    this.cpu = share;
  }

  /** Share (0..1) of memory in use. */
  setMemory(share: number): void {
    const from = Date.now();
    const available = Math.round(MEMORY_KB * (1 - share));
    this.write(
      'proc/meminfo',
      Object.entries({
        MemTotal: MEMORY_KB,
        MemFree: Math.round(available / 2),
        MemAvailable: available,
        Buffers: 0,
        Cached: Math.round(available / 2),
        SwapTotal: 0,
        SwapFree: 0,
      })
        .map(([key, kb]) => `${`${key}:`.padEnd(15)} ${kb} kB\n`)
        .join(''),
    );
    this.known.memoryTotal.changed(from, Date.now(), MEMORY_KB * 1024);
    this.known.memoryAvailable.changed(from, Date.now(), available * 1024);
  }

  /** Share (0..1) of the data file system that is free, to the page. */
  setDiskFree(share: number): void {
    const from = Date.now();
    const used = Math.round((DISK_BYTES * (1 - share)) / PAGE) * PAGE;
    const file = join(this.dir, `root${DISK}`, 'filling');
    // Shortened or added to, never written anew: an exporter that looks meanwhile sees no empty
    // disk.
    appendFileSync(file, '');
    const before = statSync(file).size;
    if (used < before) truncateSync(file, used);
    else appendFileSync(file, Buffer.alloc(used - before));
    const { blocks, bavail, bsize } = statfsSync(dirname(file));
    this.known.diskSize.changed(from, Date.now(), blocks * bsize);
    this.known.diskFree.changed(from, Date.now(), bavail * bsize);
  }

  /** What the host knows of itself, for the metrics that tell it. */
  get truths(): Truth[] {
    return Object.values(this.known);
  }

  /** Ends the ticking. The mounts end with the namespace. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.timer);
    await rm(join(this.dir, 'root', 'run', 'full'), { force: true });
  }

  private advance(): void {
    const now = Date.now();
    const seconds = ((now - this.lastTick) / 1000) * this.speed;
    this.lastTick = now;
    this.elapsedSeconds += seconds;
    this.busySeconds.value += seconds * this.cpu;
    this.idleSeconds.value += seconds * (1 - this.cpu);
  }

  private tick(): void {
    const from = Date.now();
    this.advance();
    const ticks = (seconds: number): number => Math.round(seconds * USER_HZ);
    const line = (name: string, cpus: number): string =>
      `${name} ${ticks(this.busySeconds.value * cpus)} 0 0 ${ticks(this.idleSeconds.value * cpus)} 0 0 0 0 0 0\n`;
    const each = Array.from({ length: CPUS }, (_, i) => line(`cpu${i}`, 1)).join('');
    this.write(
      'proc/stat',
      `${line('cpu ', CPUS)}${each}intr 0\nctxt 0\nbtime 1700000000\nprocesses ` +
        `1\nprocs_running 1\nprocs_blocked 0\nsoftirq 0 0 0 0 0 0 0 0 0 0 0\n`,
    );
    const sectors = Math.round(this.elapsedSeconds * 2048);
    this.write(
      'proc/diskstats',
      `   8       0 sda ${sectors} 0 ${sectors} 0 ${sectors} 0 ${2 * sectors} 0 0 0 0\n`,
    );
    const bytes = Math.round(this.elapsedSeconds * 1_000_000);
    this.write(
      'proc/net/dev',
      `Inter-|   Receive                                                |  Transmit\n face ` +
        '|bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop ' +
        `fifo colls carrier compressed\n  eth0: ${bytes} 0 0 0 0 0 0 0 ${2 * bytes} 0 0 0 0 0 0 ` +
        `0\n`,
    );
    const now = Date.now();
    this.known.busy.changed(from, now, ticks(this.busySeconds.value) / USER_HZ);
    this.known.idle.changed(from, now, ticks(this.idleSeconds.value) / USER_HZ);
    this.known.read.changed(from, now, sectors * SECTOR);
    this.known.written.changed(from, now, 2 * sectors * SECTOR);
    this.known.received.changed(from, now, bytes);
    this.known.sent.changed(from, now, 2 * bytes);
  }

  /** The exporter never sees half a file: written beside it and renamed. */
  private write(path: string, text: string): void {
    const full = join(this.dir, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(`${full}.new`, text);
    renameSync(`${full}.new`, full);
  }
}

/** A file system in memory, in the run's own mount namespace: it ends with it. */
async function mountMemory(name: string, at: string, sizeBytes?: number): Promise<void> {
  const size = sizeBytes === undefined ? [] : ['-o', `size=${sizeBytes}`];
  await execa('mount', ['-t', 'tmpfs', ...size, name, at]);
}
