/** Whether a path fits a pattern of Go's `filepath.Match`; of its wildcards `*` and `?`, which never pass a slash. */
export function matchesGlob(path: string, glob: string): boolean {
  const pattern = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '[^/]*')
    .replaceAll('?', '[^/]');
  return new RegExp(`^${pattern}$`).test(path);
}
