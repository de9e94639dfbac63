import { resolve } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { runsDir } from '../../src/commands/paths.ts';

afterEach(() => void vi.unstubAllEnvs());

it.each([
  ['/some/runs', '/some/runs'],
  [undefined, resolve('runs')],
  // Else the working folder itself would be tidied up.
  ['', resolve('runs')],
])('GTV_RUNS %j: runs are kept in %s', (named, dir) => {
  vi.stubEnv('GTV_RUNS', named);
  expect(runsDir()).toBe(dir);
});
