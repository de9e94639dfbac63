import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { HarnessError } from '../lib/errors.ts';
import type { CheckFile } from '../model/check.ts';
import { isRefused, whyRefused } from './refused.ts';

/** Nothing of a stack is in them, or nobody may read it. */
const SKIPPED = new Set(['node_modules', '.git', 'secrets', 'runs', 'lost+found']);
const DEEPEST_FOLDER = 40;

/** A path relative to the folder, or what can't be looked into, with the reason. */
type Found = string | CheckFile;

/**
 * What lies below a folder: paths of files and of links to files; and folders that weren't looked
 * into, each with a slash at its end: those that the system refuses to list, and those behind
 * links, for they may lead round in a circle.
 * @param base absolute, without links
 * @throws HarnessError when the folder itself can't be listed
 */
export async function listFolder(base: string): Promise<{ paths: string[]; unseen: CheckFile[] }> {
  const found = await list(base, base, 0);
  return {
    paths: found.filter((one) => typeof one === 'string'),
    unseen: found.filter((one) => typeof one !== 'string'),
  };
}

async function list(base: string, dir: string, depth: number): Promise<Found[]> {
  if (depth > DEEPEST_FOLDER) return [];
  let entries: Dirent[];
  try {
    entries = await readdir(dir, { withFileTypes: true });
  } catch (error) {
    return unlisted(base, dir, error);
  }
  const found = await Promise.all(
    entries.map(async (entry): Promise<Found[]> => {
      const full = join(dir, entry.name);
      const kind = entry.isSymbolicLink() ? await ledTo(full) : kindOf(entry);
      if (kind === 'file') return [pathOf(base, full)];
      if (kind === undefined || SKIPPED.has(entry.name)) return [];
      return entry.isSymbolicLink() ? [linked(base, full)] : list(base, full, depth + 1);
    }),
  );
  return found.flat();
}

type Kind = 'file' | 'folder' | undefined;

function kindOf(entry: Pick<Dirent, 'isDirectory' | 'isFile'>): Kind {
  return entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : undefined;
}

/** What a link leads to; one that leads nowhere is told when it is read. */
async function ledTo(link: string): Promise<Kind> {
  return stat(link).then(kindOf, () => 'file');
}

/** Nothing where the folder is gone meanwhile. */
function unlisted(base: string, dir: string, error: unknown): CheckFile[] {
  if (!isRefused(error)) return [];
  const why = whyRefused(error);
  if (dir === base)
    throw new HarnessError(
      `the folder ${dir} can't be listed: ${why}`,
      'Let this user read it, or call the command as a user who may.',
    );
  const unreadable = `the folder can't be listed: ${why}`;
  return [{ path: `${pathOf(base, dir)}/`, text: '', unreadable, unseen: 'refused' }];
}

function linked(base: string, link: string): CheckFile {
  const unreadable = "a link to a folder, which isn't followed";
  return { path: `${pathOf(base, link)}/`, text: '', unreadable, unseen: 'link-to-folder' };
}

function pathOf(base: string, full: string): string {
  return relative(base, full).split(sep).join('/');
}
