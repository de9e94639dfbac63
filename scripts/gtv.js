// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compileInto } from './compile-into.js';

/**
 * The command line of a checkout, compiled: once for each state of the sources. What stands in
 * `dist/` under another state's name is never run, and goes when nothing can be running it.
 */
const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(PROJECT, 'dist');
const COMPILED_FROM = [
  ...['src', 'fake-services', 'scripts/compile.js'],
  ...['package.json', 'package-lock.json'],
];

/**
 * A name for this state of the sources. A file that was written has another time of change (ctime),
 * which no program can set back, as it can the time of its content.
 */
function stateOfSources() {
  const hash = createHash('sha256').update(process.version);
  /** @param {string} path */
  const add = (path) => {
    const { ctimeMs, size, ino } = statSync(join(PROJECT, path));
    hash.update(`${path}\0${ctimeMs}\0${size}\0${ino}\n`);
  };
  // Folder by folder: Node's recursive reading looks at each file once more.
  /** @param {string} folder */
  const addBelow = (folder) => {
    const entries = readdirSync(join(PROJECT, folder), { withFileTypes: true });
    for (const entry of entries.sort((x, y) => (x.name < y.name ? -1 : 1))) {
      const path = `${folder}/${entry.name}`;
      // What an image of the services is built from is compiled already.
      if (COMPILED_FROM.includes(folder) && entry.name.startsWith('dist')) continue;
      if (entry.isDirectory()) addBelow(path);
      else add(path);
    }
  };
  // An installed package has no lock file.
  for (const path of COMPILED_FROM.filter((path) => existsSync(join(PROJECT, path))))
    if (statSync(join(PROJECT, path)).isDirectory()) addBelow(path);
    else add(path);
  return hash.digest('hex').slice(0, 16);
}

/** What to do about it, by the error's code. @type {Record<string, string>} */
const ADVICE = {
  ENOSPC: 'Make room there.',
  ERR_MODULE_NOT_FOUND: 'Call `npm ci` in the project first: it puts the packages there.',
};
const NOT_OURS =
  'Have whoever owns the project call it once, which compiles it for everybody, or copy the ' +
  'project to a folder of your own.';

/**
 * Says that nothing can be judged, and ends: Node's own exit code would be that of a broken
 * promise.
 * @param {unknown} error
 * @returns {never}
 */
function endUncompiled(error) {
  const { code = '', message } = /** @type {NodeJS.ErrnoException} */ (error);
  const isNotOurs = ['EACCES', 'EPERM', 'EROFS'].includes(code);
  const advice = isNotOurs ? NOT_OURS : (ADVICE[code] ?? 'Mend what it names.');
  process.stderr.write(`the command line can't be compiled into ${DIST}: ${message}\n${advice}\n`);
  process.exit(2);
}

/**
 * The compiled command line of this state of the sources.
 * @returns {Promise<string>} its folder
 */
async function compiled() {
  const dir = join(DIST, stateOfSources());
  if (!existsSync(dir)) await compileInto(dir);
  return dir;
}

const dir = await compiled().catch(endUncompiled);
await import(pathToFileURL(join(dir, 'src.cli.js')).href);
