/** Whether a process of this number lives, whoever owns it. */
export function isAlive(pid: number): boolean {
  // 0 would be the caller's own process group.
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and is somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
