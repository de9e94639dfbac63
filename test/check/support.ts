import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { mayRead } from '../../src/stack/paths-around.ts';
import type { StackOptions } from '../../src/check/index.ts';
import type { CheckFile } from '../../src/model/check.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/**
 * One case of a rule: a change of the sound stack in `base/` that must give exactly one finding,
 * and one that must give none.
 */
export interface Case {
  /** The file that is changed; by default the rules. */
  in?: string;
  /** The text that is replaced; by default the first alert's expression. */
  at?: string;
  wrong: string;
  /** By default the stack as it is. */
  right?: string;
  /** Files left out. */
  remove?: string[];
  /** Files added in both twins. */
  add?: Record<string, string>;
  metrics?: Record<string, string>;
  /** Judged as a stack for production; then what the rule itself finds is all that counts. */
  production?: true;
  /** Files with secrets, by path: owner and mode on the host, and what is in them. */
  secrets?: Record<string, { uid: number; gid: number; mode: number; text: string }>;
  /** A further change in both twins. */
  also?: Change;
  /** A further change in one of them. */
  twin?: { wrong?: Change; right?: Change };
  /** All findings that the wrong twin gives, where one brings another with it. */
  expect?: string[];
  /** Level of the finding where it isn't the rule's own. */
  level?: string;
}

export interface Change {
  in?: string;
  at: string;
  put: string;
}

const RULES_FILE = 'prometheus/rules/api.yml';
const FIRST_EXPR = 'sum by (job) (rate(http_requests_total[5m])) > 100';
/** What lies in the made-up repository around the stack. */
const REPOSITORY = ['docs/runbooks/Busy.md', 'docs/runbooks/Watchdog.md'];

/** All files below a folder, as the check takes them. */
export function filesBelow(dir: string): CheckFile[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath, e.name))
    .sort()
    .map((path) => ({ path: relative(dir, path), text: readFileSync(path, 'utf8') }));
}

/** The sound stack. */
export const BASE: CheckFile[] = filesBelow(join(HERE, 'base'));

/** All cases, by rule. */
export const CASES: Record<string, Case[]> = Object.assign(
  {},
  ...readdirSync(join(HERE, 'cases'))
    .sort()
    .map(
      (name) => parse(readFileSync(join(HERE, 'cases', name), 'utf8')) as Record<string, Case[]>,
    ),
) as Record<string, Case[]>;

/** The stack of a case: as it must not, or as it may be. */
export function stackOf(one: Case, twin: 'wrong' | 'right'): CheckFile[] {
  const path = one.in ?? RULES_FILE;
  const at = one.at ?? FIRST_EXPR;
  const put = twin === 'wrong' ? one.wrong : one.right;
  const changes: Change[] = [
    ...(put === undefined ? [] : [{ in: path, at, put }]),
    ...[one.also, one.twin?.[twin]].filter((c) => c !== undefined),
  ];
  const files = [
    ...BASE,
    ...Object.entries(one.add ?? {}).map(([added, text]) => ({ path: added, text })),
  ].filter((f) => !one.remove?.includes(f.path));
  return changes.reduce<CheckFile[]>(
    (list, change) => apply(list, { ...change, in: change.in ?? path }),
    files,
  );
}

function apply(files: CheckFile[], { in: path, at, put }: Change): CheckFile[] {
  if (!files.find((f) => f.path === path)?.text.includes(at))
    throw new Error(`${path ?? ''} doesn't hold ${at}`);
  return files.map((f) =>
    f.path === path
      ? { path, text: f.text.replace(at, () => put.replaceAll('\n', `\n${indentAt(f.text, at)}`)) }
      : f,
  );
}

/** Options that answer for the paths of these files. */
export function optionsFor(files: CheckFile[], one?: Case): StackOptions {
  const within = (paths: string[]) => (path: string) => {
    const plain = path.replace(/^\.\//, '').replace(/\/$/, '');
    return paths.includes(plain)
      ? ('file' as const)
      : paths.some((p) => p.startsWith(`${plain}/`))
        ? ('folder' as const)
        : ('absent' as const);
  };
  const secrets = one?.secrets ?? {};
  return {
    production: one?.production ?? false,
    secretFile: (path) => {
      const file = secrets[path];
      return file && { readableBy: (reader) => mayRead(file, reader), text: file.text };
    },
    stackPath: within([...files.map((f) => f.path), ...Object.keys(secrets)]),
    repositoryPath: within(REPOSITORY),
    remotes: ['example.org/team/ops'],
    metrics: new Map(Object.entries(one?.metrics ?? {})),
  };
}

/** Further lines of what is put stand as far to the right as its first. */
function indentAt(text: string, at: string): string {
  const before = text.slice(0, text.indexOf(at));
  return /(?:^|\n)(\s*)[^\n]*$/.exec(before)?.[1] ?? '';
}
