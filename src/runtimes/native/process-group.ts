import { execa } from 'execa';
import type { ProcessComponent } from '../runtime.ts';

/**
 * Starts a component in a process group of its own: freezing and stopping reach the children of
 * wrapper scripts too.
 */
export function launch(component: ProcessComponent) {
  return execa(component.command, component.args, {
    reject: false,
    buffer: false,
    stdin: 'ignore',
    detached: true,
    cleanup: false,
    env: component.env ?? {},
  });
}

/** Sends a signal to all of a process group; one that has ended gets none. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // It ended meanwhile: what was wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
