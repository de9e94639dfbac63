import { readFile, readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { InputProblem } from '../lib/errors.ts';
import { messageOf } from '../lib/errors.ts';
import type { StackFile } from '../model/spec.ts';

const FOLDERS = ['prometheus', 'alertmanager', 'grafana'];
const SECRETS = 'alertmanager/secrets/';

/**
 * The contract and every file under prometheus/, alertmanager/ and grafana/, sorted by path. Secrets are never read.
 * What can't be read, or is no UTF-8, is a problem: it can't be carried into a run as it is.
 */
export async function readStackFiles(
  dir: string,
  contract: string,
): Promise<{ files: StackFile[]; problems: InputProblem[] }> {
  const paths = [
    contract,
    ...(await Promise.all(FOLDERS.map((folder) => filesUnder(dir, folder)))).flat(),
  ];
  const read = await Promise.all(paths.sort().map((path) => readText(dir, path)));
  return {
    files: read.flatMap((r) => ('text' in r ? [r] : [])),
    problems: read.flatMap((r) => ('message' in r ? [r] : [])),
  };
}

async function filesUnder(dir: string, folder: string): Promise<string[]> {
  // A folder that isn't there shows in the files that are missing.
  const entries = await readdir(join(dir, folder), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  const paths = await Promise.all(
    entries.map(async (entry): Promise<string[]> => {
      const full = join(entry.parentPath, entry.name);
      const path = relative(dir, full).split(sep).join('/');
      if (path.startsWith(SECRETS)) return [];
      // Links are followed: production mounts its files that way.
      const isFile = entry.isSymbolicLink()
        ? await stat(full).then(
            (s) => s.isFile(),
            () => true,
          )
        : entry.isFile();
      return isFile ? [path] : [];
    }),
  );
  return paths.flat();
}

async function readText(dir: string, path: string): Promise<StackFile | InputProblem> {
  let bytes: Buffer;
  try {
    bytes = await readFile(join(dir, path));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return {
      source: { file: path, line: 1, column: 1 },
      message: missing ? 'the file is missing' : `the file can't be read: ${messageOf(error)}`,
      expected: 'a file that can be read',
    };
  }
  try {
    return { path, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    const good = validLength(bytes);
    const before = bytes.subarray(0, good).toString('utf8');
    return {
      source: {
        file: path,
        line: before.split('\n').length,
        column: before.length - before.lastIndexOf('\n'),
      },
      message: `byte ${good + 1} of the file is no UTF-8`,
      expected: 'a text in UTF-8',
    };
  }
}

/** How many bytes from the start are UTF-8. */
function validLength(bytes: Buffer): number {
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    // `stream` allows a character that is cut off at the end.
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return good;
}
