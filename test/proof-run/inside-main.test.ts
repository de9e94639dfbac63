import { mkdirSync, mkdtempSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, it, onTestFinished } from 'vitest';
import { moduleArguments } from '../../src/lib/start-module.ts';

const MAIN = fileURLToPath(new URL('../../src/proof-run/inside/main.ts', import.meta.url));

/** The process inside a proof whose folder has no plan any more; nobody ends its standard input. */
async function withoutPlan(dir: string) {
  const request = JSON.stringify({ runDir: dir, versions: {} });
  const child = execa(process.execPath, [...moduleArguments(MAIN), request], {
    ...{ stdin: 'pipe', reject: false },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

it('a proof whose folder was removed ends by itself, and says why', async () => {
  const { exitCode, stderr } = await withoutPlan(join(tmpdir(), 'gtv-never-made', 'run'));
  expect(exitCode).toBe(1);
  expect(stderr).toContain('ENOENT');
});

it('a proof that goes wrong keeps no databases', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'gtv-proof-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  mkdirSync(join(dir, 'data'));
  writeFileSync(join(dir, 'data', 'x'), 'x');
  expect(await withoutPlan(dir)).toMatchObject({ exitCode: 1 });
  expect(existsSync(join(dir, 'data'))).toBe(false);
});
