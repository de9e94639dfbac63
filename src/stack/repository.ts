import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The nearest folder upwards that is a repository or a project. */
export function repositoryOf(dir: string): string | undefined {
  for (let at = resolve(dir); ; at = dirname(at)) {
    if (['.git', 'package.json', 'go.mod'].some((name) => existsSync(join(at, name)))) return at;
    if (dirname(at) === at) return undefined;
  }
}

/**
 * Where a repository is known to lie besides, as `host/owner/name` in lower case: what its git
 * configuration names as remotes. None where nothing says so.
 */
export function remotesOf(repository: string): string[] {
  try {
    const config = readFileSync(join(gitFolder(join(repository, '.git')), 'config'), 'utf8');
    return [...config.matchAll(/^\s*url\s*=\s*(\S+)/gm)].flatMap(([, url = '']) => placeOf(url));
  } catch {
    return [];
  }
}

/** A worktree's `.git` is a file: it names a folder, and that the one with the configuration. */
function gitFolder(git: string): string {
  if (statSync(git).isDirectory()) return git;
  const named = /^gitdir:\s*(.+)$/m.exec(readFileSync(git, 'utf8'))?.[1]?.trim() ?? '';
  const own = resolve(dirname(git), named);
  const common = join(own, 'commondir');
  return existsSync(common) ? resolve(own, readFileSync(common, 'utf8').trim()) : own;
}

/** `git@host:owner/name.git`, `https://user@host:8443/owner/name` → `host/owner/name`. */
function placeOf(url: string): string[] {
  const found =
    /^(?:\w+:\/\/)?(?:[^@/]+@)?([^:/]+)(?::\d+)?[:/](.+?)(?:\.git)?\/?$/.exec(url) ?? undefined;
  return found ? [`${found[1] ?? ''}/${found[2] ?? ''}`.toLowerCase()] : [];
}
