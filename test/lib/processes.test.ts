import { once } from 'node:events';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { isAlive, isStopped } from '../../src/lib/processes.ts';
import { until } from '../../src/lib/wait.ts';

const signal = AbortSignal.timeout(10_000);

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
  process.kill(-group, 'SIGSTOP');
  await until(() => Promise.resolve(isStopped(group) || undefined), {
    what: 'stopped',
    timeoutMs: 5_000,
    everyMs: 5,
    signal,
  });
  process.kill(-group, 'SIGCONT');
  await until(() => Promise.resolve(!isStopped(group) || undefined), {
    what: 'going on',
    timeoutMs: 5_000,
    everyMs: 5,
    signal,
  });
  process.kill(-group, 'SIGKILL');
  await child;
  expect(isStopped(group)).toBe(true);
  expect(isAlive(group)).toBe(false);
});
