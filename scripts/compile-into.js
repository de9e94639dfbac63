// @ts-check
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Compiling takes a second or two; of a process in another container only its age tells. */
const MADE_WITHIN_MS = 60_000;
/** A run at real time takes an hour, and loads parts until its end. */
const KEPT_MS = 24 * 3_600_000;

/**
 * Compiles into a folder of its own first: two commands that begin together don't meet. What was
 * compiled before and nobody runs any more goes.
 * @param {string} dir absolute, in the folder of all that is compiled
 */
export async function compileInto(dir) {
  const dist = dirname(dir);
  const { compile } = await import('./compile.js');
  removeAbandoned(dist);
  const making = join(dist, `making-${process.pid}-${randomBytes(4).toString('hex')}`);
  mkdirSync(making, { recursive: true });
  try {
    await compile(making);
    renameSync(making, dir);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    // Another command was faster.
    if (!existsSync(dir)) throw error;
  }
  for (const name of readdirSync(dist)) {
    const old = join(dist, name);
    if (old !== dir && Date.now() - statSync(old).ctimeMs > KEPT_MS)
      rmSync(old, { recursive: true, force: true });
  }
}

/**
 * Removes what was being compiled when somebody pressed Ctrl-C.
 * @param {string} dist
 */
function removeAbandoned(dist) {
  for (const name of existsSync(dist) ? readdirSync(dist) : []) {
    const pid = /^making-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || existsSync(`/proc/${pid}`)) continue;
    const path = join(dist, name);
    // Another command may be removing it too.
    const changedAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (Date.now() - changedAt > MADE_WITHIN_MS) rmSync(path, { recursive: true, force: true });
  }
}
