import { open, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { HarnessError, messageOf } from '../lib/errors.ts';
import type { CheckFile } from '../model/check.ts';
import { listFolder } from './folder-list.ts';
import { isRefused, whyRefused } from './refused.ts';

const READ =
  /\.(ya?ml|rules?|json|tmpl|env)(\.(j2|jinja2?))?$|\.(ya?ml|rules?|json)\.(tpl|template|in|dist|example|sample)$/;
/** A file of a stack is written by hand or by Grafana; what is larger is something else. */
const LARGEST_BYTES = 20 * 1024 * 1024;
/** All files of a folder together. */
const MOST_BYTES = 500 * 1024 * 1024;
const AT_ONCE = 32;

/**
 * Every YAML, JSON, template and environment file below a folder, sorted by path; secrets are never
 * read. Links to files within the folder are followed. What can't be read as text has `unreadable`
 * set, and the text up to there; so have folders that weren't looked into, which come last.
 * @param also further paths that are read, whatever their ending
 * @throws HarnessError when the folder isn't there, or can't be listed
 */
export async function readFolder(
  dir: string,
  also: (path: string) => boolean = () => false,
): Promise<CheckFile[]> {
  await mustBeFolder(dir);
  const base = await realpath(dir);
  const found = await listFolder(base);
  const paths = found.paths.filter((path) => READ.test(path) || also(path)).sort();
  const files: CheckFile[] = [];
  let left = MOST_BYTES;
  for (let i = 0; i < paths.length; i += AT_ONCE) {
    const batch = paths.slice(i, i + AT_ONCE);
    const read = await Promise.all(batch.map((path) => readText(base, path, left)));
    left -= read.reduce((sum, file) => sum + file.text.length, 0);
    files.push(...read);
  }
  return files.concat(found.unseen.sort((a, b) => (a.path < b.path ? -1 : 1)));
}

/** @throws HarnessError when there is none, or the way to it can't be gone */
async function mustBeFolder(dir: string): Promise<void> {
  const named = await stat(dir).catch((error: unknown) => {
    if (!isRefused(error)) return undefined;
    throw new HarnessError(
      `the folder ${dir} can't be reached: ${whyRefused(error)}`,
      'Let this user go through the folders above it, or call the command as a user who may.',
    );
  });
  if (named?.isDirectory() !== true)
    throw new HarnessError(
      named ? `${dir} is a file, and no folder` : `no such folder: ${dir}`,
      'Name the folder of a stack, as it is seen from where the command is called.',
    );
}

/**
 * One file of a folder, whatever its ending. What can't be read as text, or isn't within the
 * folder, has `unreadable` set.
 * @param path relative to the folder
 */
export async function readWithin(dir: string, path: string): Promise<CheckFile> {
  return readText(await realpath(dir), path, LARGEST_BYTES);
}

/** Whether a path is none of the folder's. Both are absolute, without links. */
export function leadsOut(base: string, real: string): boolean {
  const way = relative(base, real);
  return way === '..' || way.startsWith(`..${sep}`);
}

async function readText(base: string, path: string, left: number): Promise<CheckFile> {
  const refused = (unreadable: string, text = ''): CheckFile => ({ path, text, unreadable });
  try {
    const real = await realpath(join(base, path));
    if (leadsOut(base, real))
      return refused('the link leads out of the folder; nothing outside of it is read');
    // A pipe or a device would be waited for without end.
    if (!(await stat(real)).isFile()) return refused('it is no file');
    const bytes = await readBytes(real, Math.min(LARGEST_BYTES, left));
    if (typeof bytes === 'number')
      return refused(
        `the file has ${bytes} bytes; at most ${LARGEST_BYTES} are read of one, and ${MOST_BYTES} of all`,
      );
    const good = validLength(bytes);
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, good));
    return good < bytes.length
      ? refused(`the file is no UTF-8 text: byte ${good + 1} is none of one`, text)
      : { path, text };
  } catch (error) {
    if (isRefused(error))
      return { ...refused(`the file can't be read: ${whyRefused(error)}`), unseen: 'refused' };
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return refused(missing ? 'the file is missing' : `the file can't be read: ${messageOf(error)}`);
  }
}

/** The file's bytes; its size when it is larger than that. */
async function readBytes(path: string, mostBytes: number): Promise<Buffer | number> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    return size > mostBytes ? size : await file.readFile();
  } finally {
    await file.close();
  }
}

/** How many bytes from the start are UTF-8. */
function validLength(bytes: Buffer): number {
  const isValid = (length: number): boolean => {
    try {
      // `stream` allows a character that is cut off at the end.
      const stream = length < bytes.length;
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream });
      return true;
    } catch {
      return false;
    }
  };
  if (isValid(bytes.length)) return bytes.length;
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isValid(middle)) good = middle;
    else bad = middle;
  }
  return good;
}
