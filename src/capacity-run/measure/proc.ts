import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** Clock ticks of /proc in a second: USER_HZ, 100 on every Linux that Node runs on (proc(5)). */
const TICKS_PER_SECOND = 100;

/** CPU seconds of the machine since its start, all cores together. */
export interface MachineCpu {
  busySeconds: number;
  stealSeconds: number;
  cores: number;
}

/** Reads /proc/stat: busy is everything but idle, waiting for a disk, and what was stolen. */
export function machineCpu(): MachineCpu {
  const lines = readFileSync('/proc/stat', 'utf8').split('\n');
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = (lines[0] ?? '')
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return {
    busySeconds: (user + nice + system + irq + softirq) / TICKS_PER_SECOND,
    stealSeconds: steal / TICKS_PER_SECOND,
    cores: lines.filter((line) => /^cpu\d/.test(line)).length,
  };
}

/**
 * A process: its parent, its process group, and the CPU seconds that it and the children that it
 * has collected used.
 */
export interface ProcessCpu {
  pid: number;
  parent: number;
  group: number;
  ownSeconds: number;
  collectedSeconds: number;
}

/**
 * Whether /proc speaks of this process's own numbers. In a container that masks /proc a run inside
 * namespaces of its own sees the numbers of the world outside, and nothing about processes can be
 * known.
 */
export function procIsOwn(): boolean {
  try {
    return readlinkSync('/proc/self') === String(process.pid);
  } catch {
    return false;
  }
}

/** Every process that can be seen. */
export function allProcesses(): ProcessCpu[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => processCpu(Number(name)) ?? []);
}

/** One process; undefined when it is gone. */
export function processCpu(pid: number): ProcessCpu | undefined {
  const text = read(`/proc/${pid}/stat`);
  return text === undefined ? undefined : parseProcessCpu(pid, text);
}

/** What /proc/PID/stat says of a process. */
export function parseProcessCpu(pid: number, text: string): ProcessCpu {
  // The name before them may hold blanks and brackets: fields count from the last bracket on
  // (proc(5): 3 is the state).
  const fields = text
    .slice(text.lastIndexOf(') ') + 2)
    .split(' ')
    .map(Number);
  const field = (number: number): number => fields[number - 3] ?? 0;
  return {
    pid,
    parent: field(4),
    group: field(5),
    ownSeconds: (field(14) + field(15)) / TICKS_PER_SECOND,
    collectedSeconds: (field(16) + field(17)) / TICKS_PER_SECOND,
  };
}

/** Resident memory, bytes; 0 when it is gone. */
export function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1] ?? 0) * 1024;
}

/** Open files of a process and how many it may have; null where the kernel doesn't tell. */
export function openFiles(pid: number): { open: number | null; limit: number | null } {
  let open: number | null = null;
  try {
    open = readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    // Somebody else's process, or gone.
  }
  const limit = /^Max open files\s+(\d+)/m.exec(read(`/proc/${pid}/limits`) ?? '')?.[1];
  return { open, limit: limit === undefined ? null : Number(limit) };
}

/** Share (0 to 1) of the machine's memory that isn't available any more. */
export function memoryShare(): number {
  const text = readFileSync('/proc/meminfo', 'utf8');
  const kib = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? NaN);
  return 1 - kib('MemAvailable') / kib('MemTotal');
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
