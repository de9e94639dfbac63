import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, afterEach, expect, it } from 'vitest';
import { makePlan } from '../../src/plan/index.ts';
import { selectionOf } from '../../src/plan/selection.ts';
import { planText } from '../../src/report/plan/index.ts';
import { readSpec } from '../../src/spec/index.ts';
import { PROJECT } from '../support/cases.ts';
import { follow, projectCopy, stepsOf } from '../support/how-to.ts';
import { HOW_TOS } from '../support/how-tos.ts';
import { compileErrors } from '../support/typed.ts';

const SLOW_MS = 600_000;
const { dir, restore } = projectCopy();
afterEach(restore);
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const cli = (...args: string[]) =>
  execa(process.execPath, ['scripts/gtv.js', ...args], {
    cwd: dir,
    reject: false,
    env: { NO_COLOR: '1' },
  });
/** Of services elsewhere: what it makes is started, in test/e2e/instrument.test.ts. */
const ELSEWHERE = 'docs/how-to/instrument-a-service.md';

/** The plan of a part of the copy's stack, by the copy's own code where a page changes that. */
async function planned(part: string, named: string[]): Promise<string> {
  if (named.some((file) => file.startsWith('src/'))) {
    const plan = await cli('verify', '--plan', '--only', part);
    expect([plan.exitCode, plan.stderr]).toEqual([0, '']);
    return plan.stdout;
  }
  const spec = await readSpec(join(dir, 'stack'));
  const plan = makePlan(spec, 'stack', 100, selectionOf(spec, [part]));
  return planText(plan, { color: false, width: 100 });
}

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
  async ({ page, proves, planned: expected }) => {
    const before = await readSpec(join(dir, 'stack'));
    expect(() => selectionOf(before, [proves])).toThrow('selects nothing');
    const named = follow([page], dir);
    expect(await planned(proves, named)).toContain(expected);
  },
);

it(
  'after all of them what they touch compiles, and check finds nothing wrong',
  { timeout: SLOW_MS },
  async () => {
    const named = follow(
      HOW_TOS.map(({ page }) => page),
      dir,
    );
    const modules = named.filter((file) => file.endsWith('.ts'));
    writeFileSync(join(dir, 'src/wrong.ts'), "export const wrong: number = '';\n");
    expect(compileErrors(dir, [...modules, 'src/wrong.ts'])).toEqual([
      "src/wrong.ts: Type 'string' is not assignable to type 'number'.",
    ]);
    const check = await cli('check');
    expect([check.exitCode, check.stdout]).toEqual([0, expect.stringContaining('nothing wrong')]);
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
