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

/** A copy of the project as git sees it, without history and tests; the packages are shared. */
export function projectCopy(): string {
  const dir = mkdtempSync(join(tmpdir(), 'gtv-how-to-'));
  const listed = ['ls-files', '--cached', '--others', '--exclude-standard', '--', '.', ':!test'];
  for (const file of execaSync('git', listed, { cwd: PROJECT }).stdout.split('\n'))
    cpSync(join(PROJECT, file), join(dir, file), { recursive: true });
  symlinkSync(join(PROJECT, 'node_modules'), join(dir, 'node_modules'));
  return dir;
}

/**
 * Does what a page says, in a copy of the project.
 * @param but files that are left as they are
 * @returns the files that it names
 * @throws when a place that it names isn't there, or isn't the only one
 */
export function follow(
  page: string,
  dir: string,
  but: (file: string) => boolean = () => false,
): string[] {
  const steps = stepsOf(readFileSync(join(PROJECT, page), 'utf8'));
  for (const step of steps) {
    if (step.do !== 'run' && but(step.file)) continue;
    if (step.do === 'run') execaSync('npm', ['run', '-s', step.script], { cwd: dir });
    else if (step.do === 'create') {
      mkdirSync(dirname(join(dir, step.file)), { recursive: true });
      writeFileSync(join(dir, step.file), step.text, { flag: 'wx' });
    } else {
      const parts = readFileSync(join(dir, step.file), 'utf8').split(step.from);
      if (parts.length !== 2)
        throw new Error(
          `${page}: this stands ${parts.length - 1} times in ${step.file}:\n${step.from}`,
        );
      writeFileSync(join(dir, step.file), parts.join(step.to));
    }
  }
  return steps.flatMap((step) => (step.do === 'run' || but(step.file) ? [] : [step.file]));
}
