import { once } from 'node:events';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { isAlive, isStopped } from '../../src/lib/processes.ts';
import { until } from '../../src/lib/wait.ts';

const { signal } = new AbortController();
const STATE_WITHIN_MS = 60_000;

it('a group stands still between STOP and CONT, with all its threads and children', async () => {
  const child = execa('sh', ['-c', `${process.execPath} -e 'console.log(1); for (;;);'; true`], {
    reject: false,
    detached: true,
  });
  // A shell that is just starting its child waits for it in the kernel, where no signal reaches it.
  await once(child.stdout, 'data');
  const group = child.pid ?? 0;
  expect(isAlive(group)).toBe(true);
  expect(isStopped(group)).toBe(false);
  // A signal reaches a group at once, its processes only when they run next.
  const becomes = (isIt: () => boolean, what: string): Promise<true> =>
    until(() => Promise.resolve(isIt() || undefined), {
      ...{ what, timeoutMs: STATE_WITHIN_MS, everyMs: 5, signal },
    });
  process.kill(-group, 'SIGSTOP');
  await becomes(() => isStopped(group), 'stopped');
  process.kill(-group, 'SIGCONT');
  await becomes(() => !isStopped(group), 'going on');
  process.kill(-group, 'SIGKILL');
  await child;
  await becomes(() => isStopped(group), 'gone');
  expect(isAlive(group)).toBe(false);
});
