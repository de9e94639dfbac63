import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { selectionOf } from '../../src/plan/selection.ts';
import { readSpec } from '../../src/spec/index.ts';
import { PROJECT } from '../support/cases.ts';
import { follow, projectCopy, stepsOf } from '../support/how-to.ts';
import { HOW_TOS } from '../support/how-tos.ts';

const SLOW_MS = 600_000;
const node = (dir: string, ...args: string[]) =>
  execa(process.execPath, args, { cwd: dir, reject: false, env: { NO_COLOR: '1' } });
const cli = (dir: string, ...args: string[]) => node(dir, 'scripts/gtv.js', ...args);
/** What a page can add to: the tests that lie beside it in a copy are compiled elsewhere. */
const ADDED_TO = {
  extends: './tsconfig.json',
  include: ['src', 'fake-services', 'scripts', 'scenarios'],
};

/** Of services elsewhere: what it makes is started, in test/e2e/instrument.test.ts. */
const ELSEWHERE = 'docs/how-to/instrument-a-service.md';

it('every how-to is tried', () => {
  expect(
    readdirSync(join(PROJECT, 'docs/how-to'))
      .map((name) => `docs/how-to/${name}`)
      .sort(),
  ).toEqual([...HOW_TOS.map(({ page }) => page), ELSEWHERE].sort());
});

it.each(HOW_TOS)(
  '$page: what it adds can be planned, and only with it',
  { timeout: SLOW_MS },
  async ({ page, proves, planned }) => {
    const dir = projectCopy();
    try {
      follow(page, dir);
      const plan = await cli(dir, 'verify', '--plan', '--only', proves);
      expect([plan.exitCode, plan.stderr]).toEqual([0, '']);
      expect(plan.stdout).toContain(planned);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
    const before = await readSpec(join(PROJECT, 'stack'));
    expect(() => selectionOf(before, [proves])).toThrow('selects nothing');
  },
);

it(
  'after all of them the project compiles, and check finds nothing wrong',
  { timeout: SLOW_MS },
  async () => {
    const dir = projectCopy();
    try {
      for (const { page } of HOW_TOS) follow(page, dir);
      writeFileSync(join(dir, 'tsconfig.added.json'), JSON.stringify(ADDED_TO));
      const types = await node(dir, 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.added.json');
      expect([types.exitCode, types.stdout]).toEqual([0, '']);
      const check = await cli(dir, 'check');
      expect([check.exitCode, check.stdout]).toEqual([0, expect.stringContaining('nothing wrong')]);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
);

it("a page's steps are read as they are written", () => {
  const page =
    '`a.ts`, a new file:\n\n```ts\nx\n```\n\n```diff\n--- b.ts\n+++ b.ts\n@@\n one\n-two\n+zwei\n@@\n+three\n four\n```\n\n```\nnpm run schemas\nnpm run check\n```\n';
  expect(stepsOf(page)).toEqual([
    { do: 'create', file: 'a.ts', text: 'x\n' },
    { do: 'change', file: 'b.ts', from: 'one\ntwo', to: 'one\nzwei' },
    { do: 'change', file: 'b.ts', from: 'four', to: 'three\nfour' },
    { do: 'run', script: 'schemas' },
  ]);
  expect(() => stepsOf('```diff\n-a\n+b\n```\n')).toThrow('no file or no @@');
});
