import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { StackOptions } from './index.ts';

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
export function repositoryOf(dir: string): string | undefined {
  for (let at = resolve(dir); ; at = dirname(at)) {
    if (['.git', 'package.json', 'go.mod'].some((name) => existsSync(join(at, name)))) return at;
    if (dirname(at) === at) return undefined;
  }
}
