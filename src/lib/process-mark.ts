import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { isAlive, stateOf } from './processes.ts';

/** As far as can be seen from here. */
export type Life = 'alive' | 'dead' | 'unknown';

/** What can't be read: not every system has /proc. */
const UNKNOWN = '0';
/** The kernel gives this number to the first space of process numbers: the machine's own. */
const OF_THE_MACHINE = '4026531836';
/** As names of files, containers and labels may hold it. */
const MARK = /^(\d+)\.(\d+)\.(\d+)\.([0-9a-f]+)\.([0-9a-f]+)$/;

/**
 * A process, so that others know it again: `PID.STARTED.SPACE.BOOT.MACHINE`. A number alone says
 * little: it is given anew when its process has ended, and two containers each have a process 7.
 */
export function markOf(pid: number = process.pid): string {
  const { space, boot, machine } = whereabouts();
  return [pid, stateOf(pid)?.started ?? UNKNOWN, space, boot, machine].join('.');
}

/** The process's number, in its own space; undefined for what is no mark. */
export function pidOf(mark: string): number | undefined {
  const pid = MARK.exec(mark)?.[1];
  return pid === undefined ? undefined : Number(pid);
}

/**
 * Whether the process of a mark lives. What runs in another container or on another machine can't
 * be seen from here, and of what is no mark nothing is known.
 */
export function lifeOf(mark: unknown): Life {
  const [, pid, started, space, boot = UNKNOWN, machine] =
    (typeof mark === 'string' && MARK.exec(mark)) || [];
  const here = whereabouts();
  if (boot !== here.boot)
    return machine === here.machine && ofTheMachine(space, here.space) ? 'dead' : 'unknown';
  // Without /proc the machine's name alone says whose numbers these are.
  if (space !== here.space || (boot === UNKNOWN && machine !== here.machine)) return 'unknown';
  return lifeHere(Number(pid), started);
}

/** A machine that was started anew has none of its former processes. */
function ofTheMachine(...spaces: (string | undefined)[]): boolean {
  return spaces.every((space) => space === OF_THE_MACHINE);
}

function lifeHere(pid: number, started: string | undefined): Life {
  if (!isAlive(pid)) return 'dead';
  const now = stateOf(pid);
  if (!now || started === UNKNOWN) return 'unknown';
  // Who has ended and isn't asked after by whoever started it (Z) holds nothing any more.
  return now.started === started && !'ZX'.includes(now.state) ? 'alive' : 'dead';
}

/** Where process numbers of this process's own space mean something, and until when. */
function whereabouts(): { space: string; boot: string; machine: string } {
  const machine = shortHash(`${hostname()}\n${read('/etc/machine-id') ?? ''}`);
  const boot = read('/proc/sys/kernel/random/boot_id');
  const space = spaceOfNumbers();
  if (boot === undefined || space === undefined) return { space: UNKNOWN, boot: UNKNOWN, machine };
  return { space, boot: shortHash(boot), machine };
}

function spaceOfNumbers(): string | undefined {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0];
  } catch {
    return undefined;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}
