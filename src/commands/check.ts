import { join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  RULE_FAILED,
  checkRead,
  promisesOf,
  readStack,
  refusable,
  withPromises,
  withRefusals,
  withoutBaseline,
  withoutIgnored,
} from '../check/index.ts';
import type { Promises, PromtoolRun, Stack, StackOptions } from '../check/index.ts';
import { unlessAborted, unlessInterrupted } from '../lib/wait.ts';
import type { CheckFile, CheckResult } from '../model/check.ts';
import { checkGithub } from '../report/check/github.ts';
import { checkJson } from '../report/check/json.ts';
import { checkSarif } from '../report/check/sarif.ts';
import { checkText } from '../report/check/text.ts';
import { readFolder } from '../stack/folder.ts';
import { pathsAround } from '../stack/paths-around.ts';
import { repositoryOf } from '../stack/repository.ts';
import { readBaseline, writeBaseline } from './check/baseline.ts';
import { fix } from './check/fix.ts';
import { savedMetrics } from './check/saved-metrics.ts';
import { askPrograms } from './check/second-opinion.ts';
import { keepTests, runTests } from './check/tests.ts';
import { mustBeUnderstood } from './check/understood.ts';
import type { Output } from './output.ts';
import { PROJECT_DIR } from './paths.ts';
import { LET_IT_BE_READ, refusedWords } from './refused-by-system.ts';

/** Where the pages of the rules lie; each is named after its rule. */
const PAGES = `${pathToFileURL(join(PROJECT_DIR, 'docs/checks')).href}/`;

export interface CheckOptions {
  /** The stack's folder; this project's own by default. */
  dir?: string;
  /** `JOB=FILE`: saved /metrics texts. */
  metrics: string[];
  format: 'text' | 'json' | 'sarif' | 'github';
  fix?: true;
  /** Every finding for itself, however many there are. */
  verbose?: boolean;
  /** Shows what `fix` would change, and changes nothing. */
  dryRun?: true;
  /** A file with findings of before: they are left out. */
  baseline?: string;
  /** Where the findings of now are kept as such a file. */
  writeBaseline?: string;
  /** Where the alerts' unit tests are kept. */
  writeTests?: string;
  /** Whether the alerts' unit tests are run. */
  promises: boolean;
  /** Whether promtool and amtool are asked too, where they are there. */
  secondOpinion: boolean;
  /** Whether the stack is to be ready for production. */
  production?: true;
}

/**
 * Reads a stack's folder and checks it, the alerts' unit tests included where promtool is there.
 * `verify` runs it beside the run.
 * @throws HarnessError when there is nothing to check
 */
export async function checkFolder(
  dir: string,
  options: { metrics?: Map<string, string>; promises?: boolean; signal?: AbortSignal } = {},
): Promise<CheckResult> {
  const { signal = new AbortController().signal } = options;
  return checkFiles(
    dir,
    withoutIgnored(await readFolder(dir)),
    { metrics: options.metrics ?? new Map<string, string>(), ...pathsAround(dir) },
    { signal, promises: options.promises ?? true, secondOpinion: false },
  );
}

/**
 * `npm run check`. @returns the exit code: 0 clean (or advice only), 1 errors or warnings, 2
 * couldn't judge (or thrown)
 * @throws the signal's reason when aborted before the verdict is told
 */
export async function check(
  options: CheckOptions,
  output: Output,
  signal: AbortSignal,
): Promise<0 | 1 | 2> {
  const dir = resolve(options.dir ?? join(PROJECT_DIR, 'stack'));
  const context: StackOptions = {
    metrics: await savedMetrics(options.metrics),
    production: options.production ?? false,
    ...pathsAround(dir),
  };
  const baseline =
    options.baseline === undefined ? undefined : await readBaseline(options.baseline);
  let files = withoutIgnored(await readFolder(dir));
  if (options.fix)
    files = await fix(files, context, { dir, dryRun: options.dryRun ?? false }, output);
  if (options.writeTests !== undefined)
    await keepAllTests(readStack(files, context), dir, options.writeTests, output, signal);
  const checked = checkFiles(dir, files, context, { ...options, signal });
  // What promtool may have started itself isn't waited for.
  const judged = await unlessAborted(checked, signal);
  await unlessInterrupted(signal);
  if (options.format !== 'text' || options.writeBaseline !== undefined)
    for (const what of judged.unanswered ?? []) output.error(`not judged: ${what}`);
  if (options.writeBaseline !== undefined) {
    await writeBaseline(options.writeBaseline, judged.findings, output);
    const isWhole = !tellRefused(judged, output);
    return isWhole && !hasFailed(judged) ? 0 : 2;
  }
  const result = baseline ? withoutBaseline(judged, baseline) : judged;
  const print = options.format === 'github' ? output.order : output.print;
  print(written(result, options, dir, output).trimEnd());
  tellRefused(result, output);
  return exitCodeOf(result);
}

/** Those of the contract's alerts; of a stack that promises none, what solving its alerts gives. */
async function keepAllTests(
  stack: Stack,
  dir: string,
  path: string,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  const promises = promisesOf(stack);
  if (promises && promises.assertions.length > 0) return keepTests(promises, dir, path, output);
  const { keepSolvedTests } = await import('./check/solved-tests.ts');
  return keepSolvedTests(stack, dir, path, output, signal);
}

/** Tells what the system doesn't let be read, and what to do. @returns whether there is any */
function tellRefused({ unread }: CheckResult, output: Output): boolean {
  const refused = refusedWords(unread);
  if (refused !== undefined) output.error(`${refused}\n${LET_IT_BE_READ}`);
  return refused !== undefined;
}

/**
 * 2 when the check itself failed, or a program that was asked; a stack without promtool is judged
 * without it, and told so.
 */
function exitCodeOf(result: CheckResult): 0 | 1 | 2 {
  const { findings } = result;
  if (hasFailed(result)) return 2;
  if (findings.some((f) => f.level !== 'advice')) return 1;
  return uncheckedIn(result) === null ? 0 : 2;
}

/** Why not all of a stack's files could be checked; null: they were. */
export function uncheckedIn({ findings, promises, unread }: CheckResult): string | null {
  const failed = findings.find(({ rule }) => rule === RULE_FAILED);
  if (failed) return failed.title;
  const refused = refusedWords(unread);
  if (refused !== undefined) return refused;
  if (promises === undefined || promises.ran === true) return null;
  const { because, reason } = promises.ran;
  return because === 'failed' ? `promtool couldn't run the alerts' unit tests: ${reason}` : null;
}

/** Whether there may be more findings than are known. */
function hasFailed({ findings, unanswered = [] }: CheckResult): boolean {
  return unanswered.length > 0 || findings.some((f) => f.rule === RULE_FAILED);
}

async function checkFiles(
  dir: string,
  files: CheckFile[],
  context: StackOptions,
  ask: { promises: boolean; secondOpinion: boolean; signal: AbortSignal },
): Promise<CheckResult> {
  const stack = readStack(files, context);
  // Programs work beside our own rules, and beside each other.
  const asked = ask.secondOpinion
    ? await askPrograms(refusable(stack), dir, ask.signal)
    : undefined;
  const own = checkRead(stack);
  mustBeUnderstood(stack, own, dir);
  const tests = ask.promises ? promisesOf(stack) : undefined;
  const [opinion, outcome] = await Promise.all([
    asked?.answers,
    tests && runReadable(tests, own, dir, ask.signal),
  ]);
  const { refusals, unanswered } = opinion ?? { refusals: [], unanswered: [] };
  const result = {
    ...withRefusals(own, stack, refusals),
    ...(unanswered.length === 0 ? {} : { unanswered }),
  };
  if (!tests || !outcome) return result;
  const { result: judged, findings } = tests.judge(outcome);
  // What differs by its text is told already; that it behaves so too says nothing new.
  const known = new Set(
    result.findings.filter((f) => f.rule === 'promise/differs').map((f) => f.subject),
  );
  return withPromises(
    result,
    stack,
    findings.filter((f) => !known.has(f.subject)),
    judged,
  );
}

/** Runs the alerts' unit tests, if their rules can be read. */
async function runReadable(
  tests: Promises,
  { findings }: CheckResult,
  dir: string,
  signal: AbortSignal,
): Promise<PromtoolRun> {
  const broken = findings.some(
    (f) =>
      f.rule === 'promql/syntax' || (f.rule === 'file/syntax' && tests.ruleFiles.includes(f.file)),
  );
  return broken
    ? { reason: "a rule file can't be read", because: 'broken' }
    : runTests(tests, dir, signal);
}

function written(
  result: CheckResult,
  { format, verbose = false }: CheckOptions,
  dir: string,
  output: Output,
): string {
  const shown = relative(process.cwd(), dir).split(sep).join('/') || '.';
  const root = repositoryOf(dir);
  const within = root === undefined ? '' : relative(root, dir).split(sep).join('/');
  const prefix = within === '' ? '' : `${within}/`;
  switch (format) {
    case 'text':
      return checkText(result, {
        color: output.color,
        width: output.width,
        dir: shown,
        verbose,
      });
    case 'json':
      return checkJson(result, shown);
    case 'sarif':
      return checkSarif(result, {
        prefix,
        root: `${pathToFileURL(root ?? dir).href}/`,
        pages: PAGES,
      });
    case 'github':
      return checkGithub(result, prefix);
  }
}
