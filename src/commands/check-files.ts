import { existsSync, statSync } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { HarnessError, messageOf } from '../lib/errors.ts';
import type { CheckFile } from '../model/check.ts';
import type { StackOptions } from '../check/index.ts';

/** Nothing of a stack is in them, or nobody may read it. */
const SKIPPED = new Set(['node_modules', '.git', 'secrets', 'runs']);
const READ = /\.(ya?ml|rules?|json|tmpl|env)$/;
/** A file of a stack is written by hand or by Grafana; what is larger is something else. */
const LARGEST_BYTES = 20 * 1024 * 1024;
const AT_ONCE = 32;

/**
 * Every YAML, JSON and template file below a folder, sorted by path; secrets are never read.
 * What can't be read as text has `unreadable` set.
 * @throws HarnessError when the folder isn't there
 */
export async function readCheckFiles(dir: string): Promise<CheckFile[]> {
  if (
    !(await stat(dir).then(
      (s) => s.isDirectory(),
      () => false,
    ))
  )
    throw new HarnessError(
      `${dir} is no folder`,
      'Name the folder of a stack: npm run check -- DIR',
    );
  const paths = (await list(dir, dir)).sort();
  const files: CheckFile[] = [];
  for (let i = 0; i < paths.length; i += AT_ONCE)
    files.push(...(await Promise.all(paths.slice(i, i + AT_ONCE).map((path) => read(dir, path)))));
  return files;
}

/** What paths of the stack and of the repository around it are. */
export function pathsAround(
  dir: string,
): Required<Pick<StackOptions, 'stackPath' | 'repositoryPath'>> {
  const repository = repositoryOf(dir);
  const kind = (base: string, path: string) => {
    const full = resolve(base, path);
    if (relative(base, full).startsWith('..')) return 'unknown' as const;
    const found = statSync(full, { throwIfNoEntry: false });
    return found === undefined
      ? ('absent' as const)
      : found.isDirectory()
        ? ('folder' as const)
        : ('file' as const);
  };
  const safe = (base: string) => (path: string) => {
    try {
      return kind(base, path);
    } catch {
      return 'unknown' as const;
    }
  };
  return {
    stackPath: safe(dir),
    repositoryPath: repository === undefined ? () => 'unknown' as const : safe(repository),
  };
}

/** The nearest folder upwards that is a repository or a project. */
function repositoryOf(dir: string): string | undefined {
  for (let at = resolve(dir); ; at = dirname(at)) {
    if (['.git', 'package.json', 'go.mod'].some((name) => existsSync(join(at, name)))) return at;
    if (dirname(at) === at) return undefined;
  }
}

async function list(base: string, dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries.map(async (entry): Promise<string[]> => {
      const full = join(dir, entry.name);
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : list(base, full);
      if (!READ.test(entry.name)) return [];
      // Links to files are followed, those to folders not: they may lead round in a circle.
      const isFile = entry.isSymbolicLink()
        ? await stat(full).then(
            (s) => s.isFile(),
            () => true,
          )
        : entry.isFile();
      return isFile ? [relative(base, full).split(sep).join('/')] : [];
    }),
  );
  return found.flat();
}

async function read(dir: string, path: string): Promise<CheckFile> {
  try {
    const bytes = await readFile(join(dir, path));
    if (bytes.length > LARGEST_BYTES)
      return {
        path,
        text: '',
        unreadable: `the file has ${bytes.length} bytes; at most ${LARGEST_BYTES} are read`,
      };
    return { path, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    return {
      path,
      text: '',
      unreadable:
        error instanceof TypeError
          ? 'the file is no UTF-8 text'
          : `the file can't be read: ${messageOf(error)}`,
    };
  }
}
