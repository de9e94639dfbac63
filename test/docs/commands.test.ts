import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CommanderError } from 'commander';
import type { Command } from 'commander';
import { execaSync } from 'execa';
import { marked } from 'marked';
import type { Token } from 'marked';
import { describe, expect, it } from 'vitest';
import { benchCommand } from '../../scripts/bench/command.ts';
import { makeProgram } from '../../src/commands/program.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const SCRIPTS = Object.keys(
  (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts,
);

/** Every command that has a page, made anew: parsing leaves its marks. */
const commands = (): Command[] => [
  ...makeProgram(new AbortController().signal).commands,
  benchCommand(),
];
const commandOf = (name: string): Command | undefined =>
  commands().find((command) => command.name() === name);
/** `--stack <dir>` of each option, but help. */
const optionsOf = (command: Command): string[] => command.options.map((option) => option.flags);
/** The first cells of the table under "Options". */
const optionsOn = (page: string): string[] =>
  [...section(page, 'Options').matchAll(/^\| `(-[^`]+)` \|/gm)].map(([, flags = '']) => flags);

/** The text below a heading, to the next one. */
function section(page: string, title: string): string {
  return page.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? '';
}

/**
 * Each `npm run …` of a text that a reader may type: lines of code blocks and code in a sentence,
 * without what stands behind.
 */
function commandLines(text: string): string[] {
  const lines: string[] = [];
  void marked.walkTokens(marked.lexer(text), (token: Token) => {
    if (token.type === 'code' || token.type === 'codespan')
      lines.push(...String(token['text']).split('\n'));
  });
  return lines
    .flatMap((line) => line.split(/&&|\|| > /))
    .map((line) => line.trim().replace(/^[-$] /, ''))
    .filter((line) => line.startsWith('npm run '))
    .map((line) => line.split(/ {2,}|\t/)[0] ?? '');
}

/** What is wrong with a command line; undefined when it would be understood. */
function problemOf(line: string): string | undefined {
  const [, , ...words] =
    line.match(/"[^"]*"|\S+/g)?.map((word) => word.replace(/^"|"$/g, '')) ?? [];
  const [name, ...rest] = words.filter((word) => word !== '-s');
  if (name === undefined) return undefined;
  if (!SCRIPTS.includes(name)) return `package.json has no script ${name}`;
  const command = commandOf(name);
  if (rest.length === 0 || !command) return undefined;
  if (rest[0] !== '--') return 'two dashes are missing before the options';
  command
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, writeOut: () => undefined })
    .action(() => undefined);
  try {
    command.parse(rest.slice(1), { from: 'user' });
    return undefined;
  } catch (error) {
    return error instanceof CommanderError && error.exitCode !== 0 ? error.message : undefined;
  }
}

describe('pages of the commands', () => {
  const names = commands()
    .map((command) => command.name())
    .filter((name) => name !== 'help');

  it('there is one for each command, and none for another', () => {
    expect(readdirSync(join(ROOT, 'docs/commands')).sort()).toEqual(
      names.map((name) => `${name}.md`).sort(),
    );
  });

  it.each(names)('%s: every option is on its page, and every option of the page exists', (name) => {
    const command = commandOf(name);
    const page = read(`docs/commands/${name}.md`);
    expect(optionsOn(page)).toEqual(command ? optionsOf(command) : []);
    if (command?.options.length === 0) expect(page).toContain('There are no options.');
  });

  it.each(names)('%s: examples, costs and exit codes are told', (name) => {
    const page = read(`docs/commands/${name}.md`);
    expect(page.startsWith(`# ${name}\n`)).toBe(true);
    expect(
      commandLines(page).filter((line) => line.startsWith(`npm run ${name}`)).length,
    ).toBeGreaterThan(0);
    expect(section(page, 'What it costs')).not.toBe('');
    expect(section(page, 'Exit codes')).toMatch(/\b0\b[^]*\b2\b/);
  });

  it.each(names.filter((name) => name !== 'bench'))(
    '%s: its help has examples that would be understood',
    (name) => {
      let help = '';
      commandOf(name)
        ?.configureOutput({
          writeOut: (text) => {
            help += text;
          },
        })
        .outputHelp();
      const lines = commandLines(`\`\`\`\n${help}\n\`\`\``).filter((line) => !line.includes('['));
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.map(problemOf)).toEqual(lines.map(() => undefined));
    },
  );
});

describe('command lines in the docs', () => {
  const files = execaSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'],
    { cwd: ROOT },
  )
    .stdout.split('\n')
    .filter((file) => file !== '');

  it.each(files.filter((file) => commandLines(read(file)).length > 0))(
    '%s: each would be understood',
    (file) => {
      expect(
        commandLines(read(file))
          .flatMap((line) => problemOf(line) ?? [])
          .map((problem) => `${file}: ${problem}`),
      ).toEqual([]);
    },
  );

  it.each([
    ['npm run verify -- --sped 30', "error: unknown option '--sped'\n(Did you mean --speed?)"],
    ['npm run verify --plan', 'two dashes are missing before the options'],
    ['npm run verfy', 'package.json has no script verfy'],
    [
      'npm run judge -- a b',
      "error: too many arguments for 'judge'. Expected 1 argument but got 2.",
    ],
    ['npm run -s check -- "a folder" --format sarif', undefined],
  ])('%s: %s', (line, problem) => expect(problemOf(line)).toBe(problem));
});
