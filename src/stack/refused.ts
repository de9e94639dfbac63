/** What isn't there, or leads round in a circle. */
const NOT_THERE = new Set(['ENOENT', 'ENOTDIR', 'ELOOP']);
const DENIED = new Set(['EACCES', 'EPERM']);

/** Whether the system doesn't let something be read that is there. */
export function isRefused(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code !== undefined && !NOT_THERE.has(code);
}

/** Why, without the path: whoever tells it names that. */
export function whyRefused(error: unknown): string {
  const { code = '' } = error as NodeJS.ErrnoException;
  return DENIED.has(code) ? 'this user may not read it' : `the system says ${code}`;
}
