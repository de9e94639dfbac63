import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { TestProject } from 'vitest/node';

const PREFIX = 'gtv-tests-';

/**
 * Gives all tests one folder for what they write, and removes it with everything in it. After a
 * failure it stays: the runs in it tell why.
 */
export default function setup({ vitest }: TestProject): (() => void) | undefined {
  // Each project of the configuration asks for it: the first one's serves all.
  if (basename(tmpdir()).startsWith(PREFIX)) return undefined;
  const before = process.env['TMPDIR'];
  const dir = mkdtempSync(join(tmpdir(), PREFIX));
  process.env['TMPDIR'] = dir;
  return () => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    if (vitest.state.getCountOfFailedTests() > 0)
      process.stderr.write(`What failed wrote: ${dir}\n`);
    else rmSync(dir, { recursive: true, force: true });
  };
}
