import { join } from 'node:path';
import { moduleArguments } from '../lib/start-module.ts';
import type { Place, Process, Scraped } from './running.ts';

/**
 * One of the repository's own programs in `fake-services/`.
 * @param program the name of its file, without the ending
 */
export function serviceProcess(
  { projectDir }: Place,
  { ip, port }: Scraped,
  program: string,
  env: Record<string, string> = {},
): Process {
  return {
    command: process.execPath,
    args: [
      ...moduleArguments(join(projectDir, 'fake-services', `${program}.ts`)),
      ...['--host', ip, '--port', String(port)],
    ],
    env,
  };
}
