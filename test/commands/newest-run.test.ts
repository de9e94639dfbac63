import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { newestRun } from '../../src/commands/stored-run.ts';

const dir = mkdtempSync(join(tmpdir(), 'gtv-newest-'));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true, force: true });
});

it('the newest run that left evidence, not one that was broken off', async () => {
  vi.stubEnv('GTV_RUNS', dir);
  await expect(newestRun()).rejects.toThrow('there is no run');
  for (const name of ['20300101-120000-aaaa', '20300102-120000-bbbb', '20300103-120000-cccc'])
    mkdirSync(join(dir, name), { recursive: true });
  for (const name of ['20300101-120000-aaaa', '20300102-120000-bbbb'])
    writeFileSync(join(dir, name, 'evidence.json'), '{}');
  expect(await newestRun()).toBe('20300102-120000-bbbb');
});
