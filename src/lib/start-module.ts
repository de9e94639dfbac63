import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Set in a compiled command line alone (`scripts/compile.js`). */
declare const GTV_COMPILED: boolean | undefined;

const SOURCES = fileURLToPath(new URL('../..', import.meta.url));

/**
 * What Node.js has to be given to start a module in a process of its own: what was compiled with
 * the command line that runs; else its source, through the TypeScript loader.
 * @param source the module's path, absolute
 */
export function moduleArguments(source: string): string[] {
  const name = relative(SOURCES, source).replaceAll('/', '.').replace(/\.ts$/, '.js');
  const compiled = join(import.meta.dirname, name);
  if (typeof GTV_COMPILED !== 'undefined' && existsSync(compiled)) return [compiled];
  return ['--import', import.meta.resolve('tsx'), source];
}
