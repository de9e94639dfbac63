/** How a shell tells that what it ran was killed: 128 and the signal's number. */
const BY_SHELL = 137;

/** Who kills a program that the harness didn't: what its reader can look into. */
export const WHO_KILLED =
  'The kernel does so where memory runs out (dmesg tells); else somebody did.';

/** Whether a process was killed (SIGKILL), or what a shell ran in its place. */
export function wasKilled({
  exitCode,
  signal,
}: {
  exitCode?: number | undefined;
  signal?: string | undefined;
}): boolean {
  return signal === 'SIGKILL' || exitCode === BY_SHELL;
}
