import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROJECT } from '../support/cases.ts';

/** A number that no process has: Linux has none above 4194304 (proc(5), `pid_max`). */
const NOBODY = 4_194_305;

let project = '';
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'gtv-project-'));
  for (const name of ['scripts', 'src', 'fake-services', 'dist']) mkdirSync(join(project, name));
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
  for (const name of ['gtv.js', 'compile-into.js'])
    cpSync(join(PROJECT, 'scripts', name), join(project, 'scripts', name));
});
afterEach(() => rmSync(project, { recursive: true }));

/** Starts the command line of a project that is compiled so. */
function startedWith(compile: string) {
  writeFileSync(
    join(project, 'scripts/compile.js'),
    `import { writeFileSync } from 'node:fs';\nexport async function compile(dir) { ${compile} }`,
  );
  return execa(process.execPath, [join(project, 'scripts/gtv.js')], { reject: false });
}
const WELL = "writeFileSync(dir + '/src.cli.js', 'process.stdout.write(\"it runs\")');";

describe('a command line that can’t be compiled', () => {
  it.each([
    ['EACCES', 'Have whoever owns the project call it once'],
    ['ENOSPC', 'Make room there'],
    ['ERR_MODULE_NOT_FOUND', 'npm ci'],
  ])('%s: nothing is judged, and what to do is said', async (code, advice) => {
    const { exitCode, stderr } = await startedWith(
      `throw Object.assign(new Error('it is so'), { code: '${code}' });`,
    );
    expect([exitCode, stderr.split('\n')]).toEqual([
      2,
      [
        expect.stringMatching(/can't be compiled into .*: it is so$/),
        expect.stringContaining(advice),
      ],
    ]);
    expect(readdirSync(join(project, 'dist'))).toEqual([]);
  });
});

it('what was being compiled and was interrupted goes; what may still be made stays', async () => {
  const made = (name: string, ageMs: number): void => {
    const path = join(project, 'dist', name);
    mkdirSync(path);
    utimesSync(path, new Date(), new Date(Date.now() - ageMs));
  };
  made(`making-${NOBODY}-aa`, 120_000);
  made(`making-${NOBODY}-bb`, 0);
  made(`making-${process.pid}-cc`, 120_000);
  expect((await startedWith(WELL)).stdout).toBe('it runs');
  expect(readdirSync(join(project, 'dist')).filter((name) => name.startsWith('making'))).toEqual(
    [`making-${process.pid}-cc`, `making-${NOBODY}-bb`].toSorted(),
  );
});
