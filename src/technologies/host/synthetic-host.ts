import { appendFileSync, statSync, statfsSync, truncateSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DISK_BYTES, DISK_MOUNT as DISK } from '../../model/world.ts';
import { Truth } from '../truth.ts';
import { DECOY, layOut, replace } from './file-systems.ts';
import {
  SECTOR_BYTES,
  USER_HZ,
  diskstats,
  meminfo,
  netDev,
  stat,
  ticksOf,
} from './kernel-files.ts';

/**
 * How often the counters advance, ms: limits how near a limit can be approached (20 ms in a 5 s
 * window is 0.4%).
 */
const TICK_MS = 20;
const CPUS = 4;
const MEMORY_KB = 16 * 1024 * 1024;
const PAGE = 4096;
/** What the host reads from its disk and receives, a second; it writes and sends twice as much. */
const READ_SECTORS = 2048;
const RECEIVED_BYTES = 1_000_000;

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
  private readonly mountedBy: 'harness' | 'engine';
  private busySeconds = 0;
  private idleSeconds = 0;
  private elapsedSeconds = 0;
  private cpu = 0;
  /** By the clock that nobody sets: counters only grow. */
  private lastTick = performance.now();
  private timer: NodeJS.Timeout | undefined;
  private isOver = false;
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

  /** @param mountedBy who mounts its file systems: in a container the engine has done it already */
  constructor(dir: string, speed: number, mountedBy: 'harness' | 'engine') {
    this.dir = dir;
    this.speed = speed;
    this.mountedBy = mountedBy;
  }

  /** Makes the files and mounts, and begins to tick; the levels are set by themselves. */
  async start(): Promise<void> {
    await layOut(this.dir, CPUS, this.mountedBy);
    // A run that is interrupted just then would never end for its ticking.
    if (this.isOver) return;
    this.lastTick = performance.now();
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
    replace(this.dir, 'proc/meminfo', meminfo(MEMORY_KB, available));
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
    this.isOver = true;
    clearInterval(this.timer);
    await rm(join(this.dir, DECOY), { force: true });
  }

  private advance(): void {
    const now = performance.now();
    const seconds = ((now - this.lastTick) / 1000) * this.speed;
    this.lastTick = now;
    this.elapsedSeconds += seconds;
    this.busySeconds += seconds * this.cpu;
    this.idleSeconds += seconds * (1 - this.cpu);
  }

  private tick(): void {
    const from = Date.now();
    this.advance();
    const sectors = Math.round(this.elapsedSeconds * READ_SECTORS);
    const bytes = Math.round(this.elapsedSeconds * RECEIVED_BYTES);
    replace(this.dir, 'proc/stat', stat(CPUS, this.busySeconds, this.idleSeconds));
    replace(this.dir, 'proc/diskstats', diskstats(sectors));
    replace(this.dir, 'proc/net/dev', netDev(bytes));
    const now = Date.now();
    this.known.busy.changed(from, now, ticksOf(this.busySeconds) / USER_HZ);
    this.known.idle.changed(from, now, ticksOf(this.idleSeconds) / USER_HZ);
    this.known.read.changed(from, now, sectors * SECTOR_BYTES);
    this.known.written.changed(from, now, 2 * sectors * SECTOR_BYTES);
    this.known.received.changed(from, now, bytes);
    this.known.sent.changed(from, now, 2 * bytes);
  }
}
