import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ciOptions } from '../../src/commands/ci-options.ts';
import type { CiOptions } from '../../src/commands/ci-options.ts';
import { tellCi } from '../../src/commands/ci.ts';
import { judgeAgain } from '../../src/commands/judge.ts';
import type { Output } from '../../src/commands/output.ts';
import { failed, passed, samplePlan } from '../report/samples.ts';
import { startCli } from '../support/cli.ts';
import { perfectEvidence, untell } from '../support/perfect.ts';
import { withStackCopy } from '../support/stack-copy.ts';

let dir: string;
let printed: string[];
const output = (): Output => ({
  print: (text) => void printed.push(text),
  order: (text) => void printed.push(text),
  error: () => undefined,
  color: false,
  width: 100,
  stream: process.stderr,
  quiet: true,
});

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ci-'));
  printed = [];
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('what a pipeline is told', () => {
  const github = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: '/step.md' };
  it.each([
    ['nothing, unless asked', {}, {}, { annotations: false, summary: [] }],
    [
      'in GitHub Actions everything',
      {},
      github,
      { annotations: true, summary: [{ path: '/step.md', append: true }] },
    ],
    [
      'there without annotations, when they are not wanted',
      { annotations: false },
      github,
      { annotations: false, summary: [{ path: '/step.md', append: true }] },
    ],
    [
      'what is asked for, anywhere',
      { annotations: true, summary: '/mine.md' },
      {},
      { annotations: true, summary: [{ path: '/mine.md', append: false }] },
    ],
    [
      'both summaries',
      { summary: '/mine.md' },
      github,
      {
        annotations: true,
        summary: [
          { path: '/mine.md', append: false },
          { path: '/step.md', append: true },
        ],
      },
    ],
    [
      'nothing, where only a step summary is named',
      {},
      { GITHUB_STEP_SUMMARY: '/step.md' },
      { annotations: false, summary: [] },
    ],
  ])('%s', (_name, asked, env, told: CiOptions) => expect(ciOptions(asked, env)).toEqual(told));

  it("adds to GitHub's summary and writes its own anew, with paths from the root of the repository", async () => {
    mkdirSync(join(dir, '.git'));
    const stackDir = join(dir, 'deep', 'stack');
    const [mine, step] = [join(dir, 'new', 'mine.md'), join(dir, 'step.md')];
    writeFileSync(step, 'of another step\n');
    const ci: CiOptions = {
      annotations: true,
      summary: [
        { path: mine, append: false },
        { path: step, append: true },
      ],
    };
    await tellCi(failed(), stackDir, ci, output());
    await tellCi(failed(), stackDir, ci, output());
    expect(printed[0]).toMatch(/^::error file=deep\/stack\/prometheus\/alerts\/all\.yml,line=7,/);
    expect(readFileSync(step, 'utf8').match(/A promise is broken/g)).toHaveLength(2);
    expect(readFileSync(step, 'utf8')).toMatch(/^of another step\n/);
    expect(readFileSync(mine, 'utf8').match(/A promise is broken/g)).toHaveLength(1);
    expect(readFileSync(mine, 'utf8')).toContain('deep/stack/prometheus/alerts/all.yml:7:9');
  });

  it('says what to do when the summary has no place', async () => {
    writeFileSync(join(dir, 'file'), '');
    await expect(
      tellCi(
        passed(),
        dir,
        { annotations: false, summary: [{ path: join(dir, 'file', 'x.md'), append: false }] },
        output(),
      ),
    ).rejects.toThrow(/the summary can't be written/);
  });
});

describe('by the commands', () => {
  it('judge tells of a stored run, with places in the stack that was judged then', async () => {
    const plan = samplePlan();
    const evidence = perfectEvidence(plan);
    untell(evidence, 'HighMemoryUsage');
    mkdirSync(join(dir, '.git'));
    for (const [name, value] of Object.entries({
      'plan.json': plan,
      'evidence.json': evidence,
      'command.json': { stackDir: join(dir, 'other') },
    }))
      writeFileSync(join(dir, name), JSON.stringify(value));
    const summary = join(dir, 'summary.md');
    expect(
      await judgeAgain(
        dir,
        output(),
        { annotations: true, summary: [{ path: summary, append: false }] },
        false,
        new AbortController().signal,
      ),
    ).toBe(1);
    const errors = printed.filter((line) => line.startsWith('::error '));
    expect(errors.length).toBeGreaterThan(0);
    for (const line of errors)
      expect(line).toMatch(
        /^::error file=other\/prometheus\/alerts\/all\.yml,line=7,col=9,title=HighMemoryUsage/,
      );
    expect(readFileSync(summary, 'utf8')).toContain('HighMemoryUsage');
  });

  it('verify tells of wrong input, and starts nothing', async () => {
    await withStackCopy(async (stack) => {
      stack.edit('contract.yaml', 'severity: warning', 'severity: page');
      const { exitCode, stdout } = await startCli(
        ['verify', '--stack', stack.dir, '--annotations'],
        dir,
      );
      expect(exitCode).toBe(2);
      expect(stdout).toMatch(
        /^::error .*title=`alerts\.HighCPUUsage\.severity` is `page`::.*%0Aexpected: .*warning/m,
      );
    });
  }, 30_000);
});
