import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { newestRun, storedRun } from '../../src/commands/stored-run.ts';

const dir = mkdtempSync(join(tmpdir(), 'gtv-newest-'));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true, force: true });
});

it('the newest run that left evidence, neither one that was broken off nor a proof', async () => {
  vi.stubEnv('GTV_RUNS', dir);
  await expect(newestRun()).rejects.toThrow('there is no run');
  for (const name of ['20300101-120000-aaaa', '20300102-120000-bbbb', '20300103-120000-cccc'])
    mkdirSync(join(dir, name), { recursive: true });
  for (const name of ['20300101-120000-aaaa', '20300102-120000-bbbb'])
    writeFileSync(join(dir, name, 'evidence.json'), '{}');
  const proof = join(dir, '20300104-120000-dddd');
  mkdirSync(proof);
  for (const name of ['plan.json', 'evidence.json', 'virtual.json'])
    writeFileSync(join(proof, name), '{"schemaVersion":1}');
  expect(await newestRun()).toBe('20300102-120000-bbbb');
  await expect(storedRun(proof)).rejects.toThrow('is what `prove` has left');
});
