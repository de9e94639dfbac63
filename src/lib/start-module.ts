import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Set in a compiled command line alone (`scripts/compile.js`). */
declare const GTV_COMPILED: boolean | undefined;

const SOURCES = fileURLToPath(new URL('../..', import.meta.url));

/**
 * What Node.js has to be given to start a module in a process of its own: where the command line is
 * compiled, what was compiled with it; else the source, through the TypeScript loader.
 * @param source the module's path, absolute; one of the entries of `scripts/compile.js`
 */
export function moduleArguments(source: string): string[] {
  if (typeof GTV_COMPILED === 'undefined') return ['--import', import.meta.resolve('tsx'), source];
  const name = relative(SOURCES, source).replaceAll('/', '.').replace(/\.ts$/, '.js');
  return [join(import.meta.dirname, name)];
}
