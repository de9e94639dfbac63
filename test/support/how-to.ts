import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execaSync } from 'execa';
import { marked } from 'marked';
import { PROJECT } from './cases.ts';

/** What a page tells its reader to do, in its order. */
export type Step =
  | { do: 'change'; file: string; from: string; to: string }
  | { do: 'create'; file: string; text: string }
  | { do: 'run'; script: string };

/** Commands that write files; those that prove something are the test's own. */
const WRITING = /^npm run (dashboards|schemas)$/;
const NEW_FILE = /`([^`]+)`, a new file:$/;

/**
 * The steps of a how-to: blocks marked `diff`, whose head names the file and whose parts are
 * divided by `@@`; blocks below "`path`, a new file:"; and commands that write files.
 */
export function stepsOf(markdown: string): Step[] {
  const tokens = marked.lexer(markdown).filter((token) => token.type !== 'space');
  return tokens.flatMap((token, i): Step[] => {
    if (token.type !== 'code') return [];
    const text = String(token['text']);
    const created = NEW_FILE.exec(tokens[i - 1]?.raw.trim() ?? '')?.[1];
    if (created !== undefined) return [{ do: 'create', file: created, text: `${text}\n` }];
    if (token['lang'] === 'diff') return changesOf(text);
    return text.split('\n').flatMap((line): Step[] => {
      const script = WRITING.exec(line)?.[1];
      return script === undefined ? [] : [{ do: 'run', script }];
    });
  });
}

function changesOf(diff: string): Step[] {
  const [head = '', ...parts] = diff.split(/^@@$\n/m);
  const file = /^\+\+\+ (\S+)$/m.exec(head)?.[1];
  if (file === undefined || parts.length === 0) throw new Error(`no file or no @@ in:\n${diff}`);
  return parts.map((part): Step => {
    const lines = part.replace(/\n$/, '').split('\n');
    const side = (left: string): string =>
      lines
        .filter((line) => !line.startsWith(left))
        .map((line) => line.slice(1))
        .join('\n');
    return { do: 'change', file, from: side('+'), to: side('-') };
  });
}

/** A copy of the project, in which pages may be followed. */
export interface ProjectCopy {
  /** Absolute. */
  dir: string;
  /** Takes back all that was done in it. */
  restore: () => void;
}

/** A copy of the project as git sees it, without history and tests; the packages are shared. */
export function projectCopy(): ProjectCopy {
  const dir = mkdtempSync(join(tmpdir(), 'gtv-how-to-'));
  const listed = ['ls-files', '--cached', '--others', '--exclude-standard', '--', '.', ':!test'];
  for (const file of execaSync('git', listed, { cwd: PROJECT }).stdout.split('\n'))
    cpSync(join(PROJECT, file), join(dir, file), { recursive: true });
  symlinkSync(join(PROJECT, 'node_modules'), join(dir, 'node_modules'));
  const git = (...args: string[]): unknown => execaSync('git', args, { cwd: dir });
  git('init', '--quiet');
  git('add', '--all');
  const restore = (): void => {
    git('checkout-index', '--all', '--force', '--quiet');
    git('clean', '--force', '-d', '--quiet');
  };
  return { dir, restore };
}

/**
 * Does what pages say, in a copy of the project. What they write by commands is written once, at
 * the end.
 * @param but files that are left as they are
 * @returns the files that they name
 * @throws when a place that one names isn't there, or isn't the only one
 */
export function follow(
  pages: string[],
  dir: string,
  but: (file: string) => boolean = () => false,
): string[] {
  const scripts = new Set<string>();
  const named = new Set<string>();
  for (const page of pages)
    for (const step of stepsOf(readFileSync(join(PROJECT, page), 'utf8')))
      if (step.do === 'run') scripts.add(step.script);
      else if (!but(step.file)) {
        write(page, step, dir);
        named.add(step.file);
      }
  for (const script of scripts) execaSync('npm', ['run', '-s', script], { cwd: dir });
  return [...named];
}

/** @throws when the place that is changed isn't there, or isn't the only one */
function write(page: string, step: Exclude<Step, { do: 'run' }>, dir: string): void {
  const path = join(dir, step.file);
  if (step.do === 'create') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, step.text, { flag: 'wx' });
    return;
  }
  const parts = readFileSync(path, 'utf8').split(step.from);
  if (parts.length !== 2)
    throw new Error(
      `${page}: this stands ${parts.length - 1} times in ${step.file}:\n${step.from}`,
    );
  writeFileSync(path, parts.join(step.to));
}
