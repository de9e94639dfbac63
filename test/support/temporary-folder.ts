import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

/**
 * Gives all tests one folder for what they write, and removes it with everything in it. After a
 * failure it stays: the runs in it tell why.
 */
export default function setup({ vitest }: TestProject): () => void {
  const before = process.env['TMPDIR'];
  const dir = mkdtempSync(join(tmpdir(), 'gtv-tests-'));
  process.env['TMPDIR'] = dir;
  return () => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    if (vitest.state.getCountOfFailedTests() > 0)
      process.stderr.write(`What failed wrote: ${dir}\n`);
    else rmSync(dir, { recursive: true, force: true });
  };
}
