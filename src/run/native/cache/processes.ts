/** Arguments for `unshare` that make a private mount namespace: root may, anyone else becomes root of a user namespace first. */
export function mountNamespace(): string[] {
  return process.getuid?.() === 0 ? ['--mount'] : ['--user', '--map-root-user', '--mount'];
}
