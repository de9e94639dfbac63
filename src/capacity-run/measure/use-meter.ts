import type { ProcessUse } from '../../model/capacity-step.ts';
import type { Figures } from '../../model/figures.ts';
import {
  allProcesses,
  machineCpu,
  memoryShare,
  openFiles,
  procIsOwn,
  residentBytes,
} from './proc.ts';
import type { MachineCpu, ProcessCpu } from './proc.ts';

/** A process, with all of its group and its children, by what it is to the run. */
export interface Watched {
  name: string;
  pid: number;
  role: ProcessUse['role'];
  /** Whether it does its work in one event loop, and can't use a second core. */
  oneLoop: boolean;
}

export interface MeterOptions {
  /** Who is watched; asked at the beginning and at the end of each part that is measured. */
  watched: () => Watched[];
  /**
   * Whether everything that can be seen in /proc belongs to the run: true in a process space of its
   * own.
   */
  allOwn: boolean;
}

interface Seen {
  at: number;
  machine: MachineCpu;
  processes: ProcessCpu[];
}

/**
 * Measures who used the machine between two moments: each watched process, the machine as a whole,
 * and what is left over, which others took. Where /proc tells nothing of the run's processes, their
 * figures are left out.
 */
export class UseMeter {
  private readonly options: MeterOptions;
  private began: Seen | undefined;
  private watchedThen: Watched[] = [];

  constructor(options: MeterOptions) {
    this.options = options;
  }

  begin(): void {
    this.watchedThen = this.options.watched();
    this.began = look();
  }

  /** What was used since `begin`. */
  end(): { figures: Figures; processes: ProcessUse[] } {
    const from = this.began;
    const to = look();
    if (!from) return { figures: {}, processes: [] };
    const seconds = Math.max(1e-3, (to.at - from.at) / 1000);
    const { cores } = to.machine;
    const machineCores = (to.machine.busySeconds - from.machine.busySeconds) / seconds;
    const stealShare = (to.machine.stealSeconds - from.machine.stealSeconds) / seconds / cores;
    const figures: Figures = {
      machineCpuShare: machineCores / cores,
      stealShare,
      machineMemoryShare: memoryShare(),
    };
    if (!procIsOwn()) return { figures, processes: [] };
    const watched = distinct([...this.watchedThen, ...this.options.watched()]);
    const families = familiesOf(watched, [...from.processes, ...to.processes]);
    const processes = watched.map((who) =>
      useOf(who, families.get(who.pid) ?? new Set(), from, to, seconds),
    );
    const own = this.options.allOwn
      ? null
      : new Set([...families.values()].flatMap((pids) => [...pids]));
    const ownCores = (cpuOf(to.processes, own) - cpuOf(from.processes, own)) / seconds;
    const sum = (role: ProcessUse['role'], value: (use: ProcessUse) => number): number =>
      processes.filter((p) => p.role === role).reduce((total, p) => total + value(p), 0);
    const generatorCores = sum('generator', (p) => p.cpuCores);
    const left = Math.max(1e-3, cores - Math.max(0, machineCores - generatorCores));
    return {
      processes,
      figures: {
        ...figures,
        // The kernel counts in ticks: two readings may differ by one for each process.
        othersCpuShare: Math.max(0, machineCores - ownCores) / cores,
        generatorCpuCores: generatorCores,
        generatorCpuShare: Math.min(1, generatorCores / left),
        subjectCpuCores: sum('subject', (p) => p.cpuCores),
        subjectMemoryBytes: sum('subject', (p) => p.memoryBytes),
        harnessCpuCores: sum('harness', (p) => p.cpuCores),
        openFilesShare: Math.max(
          0,
          ...processes
            .filter((p) => p.role !== 'harness')
            .map((p) =>
              p.openFiles !== null && p.openFilesLimit ? p.openFiles / p.openFilesLimit : 0,
            ),
        ),
      },
    };
  }
}

function look(): Seen {
  return {
    at: performance.now(),
    machine: machineCpu(),
    processes: procIsOwn() ? allProcesses() : [],
  };
}

function distinct(watched: Watched[]): Watched[] {
  return watched.filter((who, i) => watched.findIndex((other) => other.pid === who.pid) === i);
}

/** Each watched process with its group and its descendants; nobody belongs to two. */
function familiesOf(watched: Watched[], seen: ProcessCpu[]): Map<number, Set<number>> {
  const byPid = new Map(seen.map((p) => [p.pid, p]));
  const heads = new Set(watched.map(({ pid }) => pid));
  const families = new Map(watched.map(({ pid }) => [pid, new Set<number>()]));
  for (const process of byPid.values()) {
    for (
      let p: ProcessCpu | undefined = process, depth = 0;
      p && depth < 64;
      p = byPid.get(p.parent), depth++
    ) {
      const head = heads.has(p.pid) ? p.pid : heads.has(p.group) ? p.group : undefined;
      if (head === undefined) continue;
      families.get(head)?.add(process.pid);
      break;
    }
  }
  return families;
}

function useOf(
  who: Watched,
  family: Set<number>,
  from: Seen,
  to: Seen,
  seconds: number,
): ProcessUse {
  const alive = to.processes.filter(({ pid }) => family.has(pid));
  const files = openFiles(who.pid);
  return {
    name: who.name,
    role: who.role,
    cpuCores: Math.max(0, (cpuOf(to.processes, family) - cpuOf(from.processes, family)) / seconds),
    cpuLimitCores: who.oneLoop ? 1 : to.machine.cores,
    memoryBytes: alive.reduce((sum, { pid }) => sum + residentBytes(pid), 0),
    openFiles: files.open,
    openFilesLimit: files.limit,
  };
}

/** CPU seconds of some processes, or of all; with what their children used that have ended. */
function cpuOf(processes: ProcessCpu[], pids: Set<number> | null): number {
  return processes
    .filter(({ pid }) => !pids || pids.has(pid))
    .reduce((sum, { ownSeconds, collectedSeconds }) => sum + ownSeconds + collectedSeconds, 0);
}
