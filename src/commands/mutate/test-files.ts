import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { parse } from 'yaml';
import { runCases } from '../../engine/confirm.ts';
import { HarnessError, firstLineOf, messageOf } from '../../lib/errors.ts';
import { hasWildcard, matchesGlob } from '../../lib/glob.ts';
import type { CheckFile } from '../../model/check.ts';
import { testFileSubject } from '../../mutate/judge/test-file.ts';
import type { OwnTests } from '../../mutate/judge/test-file.ts';
import type { Stack } from '../../stack/index.ts';
import type { Subjects } from './subjects.ts';

/** Reads files of promtool tests. @throws HarnessError when one can't be read or is none */
export async function readTests(paths: string[], dir: string, stack: Stack): Promise<OwnTests[]> {
  return Promise.all(paths.map((path) => readOne(path, dir, stack)));
}

/**
 * Somebody's own tests as judges.
 * @throws HarnessError when one of them fails already with the rules as they are
 */
export async function ownTests(
  tests: OwnTests[],
  files: CheckFile[],
  stack: Stack,
  promtool: string,
  signal: AbortSignal,
): Promise<Subjects> {
  const subjects = tests.map((own) => testFileSubject(own, files, stack.rules));
  const verdicts = await runCases(
    promtool,
    subjects.map((subject) => subject.caseOf()),
    signal,
  );
  const failing = subjects.flatMap(({ name }, i) => {
    const verdict = verdicts[i];
    return verdict && !verdict.passed ? [`${name}: ${verdict.output.trim().slice(0, 300)}`] : [];
  });
  if (failing.length > 0)
    throw new HarnessError(
      `tests fail with the rules as they are: ${failing.join('; ')}`,
      'Mend them first: only tests that pass can notice that something was changed.',
    );
  return {
    subjects,
    unseen: ({ at, changes }) =>
      changes
        ? { fate: 'survived', because: `None of the tests loads ${at.file}.` }
        : { fate: 'undecided', because: 'A file within a file is not written anew.' },
  };
}

async function readOne(path: string, dir: string, stack: Stack): Promise<OwnTests> {
  const full = resolve(path);
  const wrong = (why: string): HarnessError =>
    new HarnessError(`--tests ${path}: ${why}`, 'Name a file that `promtool test rules` takes.');
  const text = await readFile(full, 'utf8').catch((error: unknown) => {
    throw wrong(isMissing(error) ? 'there is no such file' : messageOf(error));
  });
  const { rule_files: ruleFiles, tests } = dataIn(text, wrong);
  if (!Array.isArray(ruleFiles)) throw wrong('it has no list of rule_files');
  if (!Array.isArray(tests) || tests.length === 0) throw wrong('it has no list of tests');
  const named = ruleFiles.map(String);
  const loaded = [...new Set(stack.groups.map((group) => group.file.path))].filter((file) =>
    named.some((pattern) => names(resolve(dirname(full), pattern), join(dir, file))),
  );
  if (loaded.length === 0) throw wrong(`none of its rule_files lies in ${dir}`);
  return { name: relative(process.cwd(), full), text, ruleFiles: loaded };
}

interface TestFile {
  rule_files?: unknown;
  tests?: unknown;
}

function dataIn(text: string, wrong: (why: string) => HarnessError): TestFile {
  try {
    return (parse(text) as TestFile | null) ?? {};
  } catch (error) {
    throw wrong(`it is no YAML: ${firstLineOf(error)}`);
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

function names(pattern: string, path: string): boolean {
  return hasWildcard(pattern) ? matchesGlob(path, pattern) : pattern === path;
}
