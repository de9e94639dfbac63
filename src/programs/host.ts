import { execa } from 'execa';
import { HarnessError } from '../lib/errors.ts';

const TOOLS: [string, string[], string][] = [
  ['apt-get', ['--version'], 'apt'],
  ['dpkg', ['--version'], 'dpkg'],
  ['find', ['--version'], 'findutils'],
  ['unshare', ['--version'], 'util-linux'],
  ['setpriv', ['--version'], 'util-linux'],
];

/**
 * Checks that the native runtime can work here: Debian's tools, and leave to make private
 * namespaces.
 * @throws HarnessError that names everything that is missing, and what to do instead
 */
export async function checkHost(): Promise<void> {
  const missing = (
    await Promise.all(
      TOOLS.map(async ([tool, args, owner]) =>
        (await execa(tool, args, { reject: false })).failed
          ? [`the program \`${tool}\` (package ${owner})`]
          : [],
      ),
    )
  ).flat();
  if (process.platform !== 'linux') missing.push('Linux');
  if (!missing.some((text) => text.includes('unshare'))) {
    const root = process.getuid?.() === 0;
    const tried = await execa(
      'unshare',
      [
        ...(root ? [] : ['--user', '--map-root-user']),
        '--mount',
        '--net',
        '--pid',
        '--fork',
        'sh',
        '-c',
        'mount -t overlay overlay -o lowerdir=/usr/lib:/usr/bin /mnt && unshare --user --map-user=1 --map-group=1 true',
      ],
      { reject: false },
    );
    if (tried.exitCode !== 0)
      missing.push(
        `leave to make private namespaces and overlay mounts (${tried.stderr.trim().split('\n').at(-1) ?? ''})`,
      );
  }
  if (missing.length > 0) {
    throw new HarnessError(
      `the native runtime needs what this machine doesn't have: ${missing.join('; ')}`,
      'Run it on Debian or Ubuntu, as root or as a user who may make user namespaces (on ' +
        'Ubuntu: sysctl kernel.apparmor_restrict_unprivileged_userns=0); in a container, start ' +
        'that with --privileged.',
    );
  }
}
