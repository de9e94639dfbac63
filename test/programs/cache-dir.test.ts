import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PROJECT_NAME } from '../../src/model/project-name.ts';
import { defaultCacheDir } from '../../src/programs/index.ts';
import { startCliAsNobody } from '../support/cli.ts';

beforeEach(() => {
  for (const name of ['GTV_CACHE', 'XDG_CACHE_HOME']) vi.stubEnv(name, '');
});
afterEach(() => void vi.unstubAllEnvs());

it('an empty variable is as one that isn’t set, and no word for the working folder', () => {
  vi.stubEnv('HOME', '');
  expect(defaultCacheDir()).toBe(join(userInfo().homedir, '.cache', PROJECT_NAME));
  vi.stubEnv('HOME', '/home/of/somebody');
  expect(defaultCacheDir()).toBe(join('/home/of/somebody/.cache', PROJECT_NAME));
  vi.stubEnv('GTV_CACHE', '/a/cache');
  expect(defaultCacheDir()).toBe('/a/cache');
});

describe('a user whom the system doesn’t know, without HOME', () => {
  const called = (...args: string[]) =>
    startCliAsNobody(args, { HOME: undefined, PATH: '/usr/bin:/bin' });

  it('can check a stack', async () => {
    const { exitCode, stdout, stderr } = await called('check', 'stack');
    expect(stderr).toBe('');
    expect(stdout).toContain('nothing wrong in');
    expect(exitCode).toBe(0);
  });

  it('is told which variable to set where the programs are needed', async () => {
    const { exitCode, stderr } = await called('fetch');
    expect(stderr).toContain('HOME is not set, and this user has no home folder');
    expect(stderr).toContain('Name a folder for it in GTV_CACHE, or set HOME.');
    expect(exitCode).toBe(2);
  });
});
