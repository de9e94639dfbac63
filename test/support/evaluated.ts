import { execa } from 'execa';
import { PROJECT } from './cases.ts';

/**
 * Starts a module in a process of its own; it may import what stands in `src/` by its whole path.
 * @param around a command with its arguments that starts what follows
 */
export function evaluated(program: string, around: string[] = []) {
  const [command = '', ...args] = [
    ...around,
    ...[process.execPath, '--import', 'tsx', '--input-type', 'module', '--eval', program],
  ];
  return execa(command, args, { cwd: PROJECT, reject: false });
}
