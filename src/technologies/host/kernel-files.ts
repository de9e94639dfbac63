/** The kernel counts CPU time in parts of a second. */
export const USER_HZ = 100;
/** Bytes of what a disk counts by. */
export const SECTOR_BYTES = 512;

/** CPU time as the kernel counts it. */
export function ticksOf(seconds: number): number {
  return Math.round(seconds * USER_HZ);
}

/** A file system as `/proc/1/mountinfo` tells of it. */
interface Mount {
  /** Its own number, its parent's, and its device's. */
  ids: string;
  at: string;
  type: string;
  device: string;
}

/** `/proc/1/mountinfo`. */
export function mountinfo(mounts: Mount[]): string {
  return mounts
    .map(
      ({ ids, at, type, device }) => `${ids} / ${at} rw,relatime shared:1 - ${type} ${device} rw\n`,
    )
    .join('');
}

/** `/proc/meminfo` of a host without swap. */
export function meminfo(totalKb: number, availableKb: number): string {
  return Object.entries({
    MemTotal: totalKb,
    MemFree: Math.round(availableKb / 2),
    MemAvailable: availableKb,
    Buffers: 0,
    Cached: Math.round(availableKb / 2),
    SwapTotal: 0,
    SwapFree: 0,
  })
    .map(([key, kb]) => `${`${key}:`.padEnd(15)} ${kb} kB\n`)
    .join('');
}

/** `/proc/stat` of CPUs that each were in user mode for so long, and idle for so long. */
export function stat(cpus: number, busySeconds: number, idleSeconds: number): string {
  const line = (name: string, of: number): string =>
    `${name} ${ticksOf(busySeconds * of)} 0 0 ${ticksOf(idleSeconds * of)} 0 0 0 0 0 0\n`;
  const each = Array.from({ length: cpus }, (_, i) => line(`cpu${i}`, 1)).join('');
  return (
    `${line('cpu ', cpus)}${each}intr 0\nctxt 0\nbtime 1700000000\nprocesses ` +
    `1\nprocs_running 1\nprocs_blocked 0\nsoftirq 0 0 0 0 0 0 0 0 0 0 0\n`
  );
}

/** `/proc/diskstats` of one disk, which has written twice what it read. */
export function diskstats(readSectors: number): string {
  const read = readSectors;
  return `   8       0 sda ${read} 0 ${read} 0 ${read} 0 ${2 * read} 0 0 0 0\n`;
}

/** `/proc/net/dev` of one interface, which has sent twice what it received. */
export function netDev(receivedBytes: number): string {
  return (
    `Inter-|   Receive                                                |  Transmit\n face ` +
    '|bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop ' +
    `fifo colls carrier compressed\n  eth0: ${receivedBytes} 0 0 0 0 0 0 0 ` +
    `${2 * receivedBytes} 0 0 0 0 0 0 0\n`
  );
}
