// @ts-check
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

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
/** A run at real time takes an hour, and loads parts until its end. */
const KEPT_MS = 24 * 3_600_000;

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

/**
 * Compiles into a folder of its own first: two commands that begin together don't meet.
 * @param {string} dir
 */
async function compileInto(dir) {
  const { compile } = await import('./compile.js');
  const making = join(DIST, `making-${process.pid}-${randomBytes(4).toString('hex')}`);
  mkdirSync(making, { recursive: true });
  try {
    await compile(making);
    renameSync(making, dir);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    // Another command was faster.
    if (!existsSync(dir)) throw error;
  }
  for (const name of readdirSync(DIST)) {
    const old = join(DIST, name);
    if (old !== dir && Date.now() - statSync(old).ctimeMs > KEPT_MS)
      rmSync(old, { recursive: true, force: true });
  }
}

const dir = join(DIST, stateOfSources());
if (!existsSync(dir)) await compileInto(dir);
await import(pathToFileURL(join(dir, 'src.cli.js')).href);
