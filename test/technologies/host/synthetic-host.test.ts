import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { SyntheticHost } from '../../../src/technologies/host/synthetic-host.ts';

it('a host that is ended while it is still being laid out never begins to tick', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'gtv-host-'));
  const ticking = vi.spyOn(globalThis, 'setInterval');
  onTestFinished(() => {
    for (const { value } of ticking.mock.results) clearInterval(value as NodeJS.Timeout);
    ticking.mockRestore();
    rmSync(dir, { recursive: true });
  });
  const host = new SyntheticHost(dir, 60, 'engine');
  const starting = host.start();
  await host[Symbol.asyncDispose]();
  await starting;
  expect(ticking).not.toHaveBeenCalled();
});
