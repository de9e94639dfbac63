import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessError, messageOf } from '../../src/lib/errors.ts';
import { until } from '../../src/lib/wait.ts';

const MEMORY_BYTES = 1.5 * 2 ** 30;
const ENDED_WITHIN_MS = 60_000;
/**
 * Where the kernel has memory's control groups, and the limit's file, in its second version and its
 * first (cgroups(7)).
 */
const HIERARCHIES = [
  { root: '/sys/fs/cgroup', limit: 'memory.max', mark: 'cgroup.controllers' },
  { root: '/sys/fs/cgroup/memory', limit: 'memory.limit_in_bytes', mark: 'cgroup.procs' },
];

/**
 * A control group of a process and all that it starts, with 1.5 GiB of memory. Disposed, it is gone
 * as soon as they are.
 * @throws HarnessError where the machine grants none
 */
export function memoryLimit(pid: number): AsyncDisposable {
  const hierarchy = HIERARCHIES.find(({ root, mark }) => existsSync(join(root, mark)));
  if (!hierarchy) throw refused('there is no hierarchy of them');
  const group = join(hierarchy.root, `gtv-soak-${pid}`);
  try {
    mkdirSync(group);
    // A folder that is no control group has no such file, and would take anything.
    readFileSync(join(group, hierarchy.limit));
    writeFileSync(join(group, hierarchy.limit), String(MEMORY_BYTES));
    writeFileSync(join(group, 'cgroup.procs'), String(pid));
  } catch (error) {
    throw refused(messageOf(error));
  }
  return { [Symbol.asyncDispose]: () => removed(group) };
}

/** A group can be removed once nothing of it runs. */
async function removed(group: string): Promise<void> {
  const isEmpty = (): true | undefined =>
    readFileSync(join(group, 'cgroup.procs'), 'utf8').trim() === '' ? true : undefined;
  await until(() => Promise.resolve(isEmpty()), {
    what: `nothing runs in ${group}`,
    timeoutMs: ENDED_WITHIN_MS,
    signal: new AbortController().signal,
  });
  rmdirSync(group);
}

function refused(why: string): HarnessError {
  return new HarnessError(
    `no control group can limit its memory: ${why}`,
    'Leave this strain out, with --strain for each of the others, or grant /sys/fs/cgroup.',
  );
}
