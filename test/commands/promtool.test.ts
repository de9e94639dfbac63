import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runPromtool } from '../../src/commands/promtool.ts';
import { until } from '../../src/lib/wait.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gtv-promtool-'));
  vi.stubEnv('TMPDIR', dir);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true });
});

/** A promtool that keeps something in its temporary folder, as the real one does. */
function promtool(then: string): string {
  const path = join(dir, 'promtool');
  writeFileSync(path, `#!/bin/sh\nmkdir "$TMPDIR/test_storage1"\n${then}\n`, { mode: 0o755 });
  return path;
}

it('leaves nothing behind where it ends', async () => {
  expect(await runPromtool(promtool('echo SUCCESS'), ['a'])).toEqual({
    exitCode: 0,
    output: 'SUCCESS\n',
  });
  expect(readdirSync(dir)).toEqual(['promtool']);
});

it('leaves nothing behind where it is ended, and says that it was', async () => {
  const stop = new AbortController();
  const running = runPromtool(promtool('exec sleep 60'), ['a'], stop.signal);
  const storage = (): boolean =>
    readdirSync(dir, { recursive: true }).some((path) => String(path).endsWith('test_storage1'));
  await until(() => Promise.resolve(storage() || undefined), {
    ...{ what: 'it works', timeoutMs: 60_000, signal: new AbortController().signal },
  });
  stop.abort();
  expect(await running).toMatchObject({ because: 'failed' });
  expect(readdirSync(dir)).toEqual(['promtool']);
});
