import { execa } from 'execa';
import { expect, it } from 'vitest';
import { PROJECT } from '../support/cases.ts';
import { COMMAND_LINE } from '../support/cli.ts';

const NO_NETWORK = [...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']), '--net'];

it(
  'the second start needs no network, and every program still has the checksum that was recorded',
  { timeout: 300_000 },
  async () => {
    const fetch = [COMMAND_LINE, 'fetch'];
    const first = await execa(process.execPath, fetch, { cwd: PROJECT, reject: false });
    expect(first.exitCode, first.stderr).toBe(0);
    // A network namespace of its own has no way out: not even loopback is up.
    const second = await execa('unshare', [...NO_NETWORK, process.execPath, ...fetch, '--verify'], {
      cwd: PROJECT,
      reject: false,
    });
    expect(second.stderr).toBe('');
    expect(second.exitCode).toBe(0);
    expect(second.stdout).toMatch(/prometheus +\d+\.\d+/);
    expect(second.stdout).not.toContain('downloading');
  },
);
