import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  RULE_FAILED,
  checkRead,
  checkStack,
  fixAll,
  parseExposition,
  promisesOf,
  readStack,
  withPromises,
} from '../check/index.ts';
import type { Promises, PromtoolRun, StackOptions } from '../check/index.ts';
import { formatDuration } from '../lib/duration.ts';
import { HarnessError, messageOf } from '../lib/errors.ts';
import type { CheckFile, CheckResult } from '../model/check.ts';
import { checkGithub } from '../report/check/github.ts';
import { checkJson } from '../report/check/json.ts';
import { checkSarif } from '../report/check/sarif.ts';
import { checkText } from '../report/check/text.ts';
import { readFolder } from '../stack/folder.ts';
import { pathsAround } from '../stack/paths-around.ts';
import type { Output } from './output.ts';
import { PROJECT_DIR } from './paths.ts';

export interface CheckOptions {
  /** The stack's folder; this project's own by default. */
  dir?: string;
  /** `JOB=FILE`: saved /metrics texts. */
  metrics: string[];
  format: 'text' | 'json' | 'sarif' | 'github';
  fix?: true;
  /** Every finding for itself, however many there are. */
  verbose?: boolean;
  /** Where the alerts' unit tests are kept. */
  writeTests?: string;
  /** Whether the alerts' unit tests are run. */
  promises: boolean;
}

/**
 * Reads a stack's folder and checks it, the alerts' unit tests included where promtool is there. What `verify` runs first.
 * @throws HarnessError when there is nothing to check
 */
export async function checkFolder(
  dir: string,
  options: { metrics?: Map<string, string>; promises?: boolean } = {},
): Promise<CheckResult> {
  const read = await readFolder(dir);
  return checkFiles(
    dir,
    read,
    { metrics: options.metrics ?? new Map<string, string>(), ...pathsAround(dir) },
    options.promises ?? true,
  );
}

/** `npm run check`. @returns the exit code: 0 clean (or advice only), 1 errors or warnings, 2 couldn't judge (or thrown) */
export async function check(options: CheckOptions, output: Output): Promise<0 | 1 | 2> {
  const dir = resolve(options.dir ?? join(PROJECT_DIR, 'stack'));
  const context: StackOptions = {
    metrics: await savedMetrics(options.metrics),
    ...pathsAround(dir),
  };
  let files = await readFolder(dir);
  if (options.fix) {
    const fixed = fixAll(files, (now) => checkStack(now, context).findings);
    await Promise.all(fixed.files.map((file) => writeFile(join(dir, file.path), file.text)));
    for (const { file, rule, title } of fixed.done)
      output.error(`mended ${file}: ${title} [${rule}]`);
    files = files.map((file) => fixed.files.find((f) => f.path === file.path) ?? file);
  }
  if (options.writeTests !== undefined)
    await keepTests(promisesOf(readStack(files, context)), dir, options.writeTests, output);
  const result = await checkFiles(dir, files, context, options.promises);
  output.print(written(result, options, dir, output).trimEnd());
  return exitCodeOf(result);
}

/** 2 when the check itself failed; a stack without promtool is judged without it, and told so. */
export function exitCodeOf({ findings, promises }: CheckResult): 0 | 1 | 2 {
  if (findings.some((f) => f.rule === RULE_FAILED)) return 2;
  if (findings.some((f) => f.level !== 'advice')) return 1;
  return promises !== undefined && promises.ran !== true && promises.ran.because === 'failed'
    ? 2
    : 0;
}

async function checkFiles(
  dir: string,
  files: CheckFile[],
  context: StackOptions,
  promises: boolean,
): Promise<CheckResult> {
  const stack = readStack(files, context);
  const result = checkRead(stack);
  const { alerts, expressions, dashboards } = result.looked;
  const template = stack.unread.find(({ reason }) => reason === 'helm-template');
  // What lies in templates isn't known: to find nothing beside them is no pass.
  if (template && alerts + expressions + dashboards === 0)
    throw new HarnessError(
      `${template.file.path} is a template of Helm's, and nothing else of a stack lies in ${dir}`,
      'Render it first: `helm template CHART > rendered.yaml`, and check that.',
    );
  if (result.looked.files === 0)
    throw new HarnessError(
      `${dir} holds nothing of an observability stack`,
      'Name the folder that has prometheus.yml, alertmanager.yml, rules, dashboards or a compose file.',
    );
  const tests = promises ? promisesOf(stack) : undefined;
  if (!tests) return result;
  const broken = result.findings.some(
    (f) =>
      f.rule === 'promql/syntax' || (f.rule === 'file/syntax' && tests.ruleFiles.includes(f.file)),
  );
  const { result: judged, findings } = tests.judge(
    broken
      ? { reason: "a rule file can't be read", because: 'broken' }
      : await runTests(tests, dir),
  );
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

async function runTests(tests: Promises, dir: string): Promise<PromtoolRun> {
  const { findPromtool, runPromtool } = await import('./promtool.ts');
  const promtool = await findPromtool();
  if (promtool === undefined)
    return {
      reason: 'promtool is neither in the PATH nor in the cache (npm run fetch)',
      because: 'absent',
    };
  return runPromtool(promtool, tests.files(tests.ruleFiles.map((path) => join(dir, path))));
}

/** One file for each evaluation interval; the interval goes into the name when there are several. */
async function keepTests(
  promises: Promises | undefined,
  dir: string,
  path: string,
  output: Output,
): Promise<void> {
  if (!promises || promises.assertions.length === 0)
    throw new HarnessError(
      'there are no tests to write',
      'They are made from the alerts of contract.yaml.',
    );
  const target = resolve(path);
  const files = promises.files(
    promises.ruleFiles.map((rule) => relative(dirname(target), join(dir, rule))),
  );
  for (const file of files) {
    const name =
      files.length === 1
        ? target
        : target.replace(
            /(\.ya?ml)?$/,
            (ending) => `.${formatDuration(file.evaluationMs)}${ending}`,
          );
    try {
      await writeFile(name, file.text);
    } catch (error) {
      throw new HarnessError(
        `the tests can't be written: ${messageOf(error)}`,
        'Name a file in a folder that may be written.',
      );
    }
    output.error(`wrote ${relative(process.cwd(), name)}`);
  }
}

function written(
  result: CheckResult,
  { format, verbose = false }: CheckOptions,
  dir: string,
  output: Output,
): string {
  const shown = relative(process.cwd(), dir).split(sep).join('/');
  const prefix = shown === '' ? '' : `${shown}/`;
  switch (format) {
    case 'text':
      return checkText(result, {
        color: output.color,
        width: output.width,
        dir: shown === '' ? '.' : shown,
        verbose,
      });
    case 'json':
      return checkJson(result, shown === '' ? '.' : shown);
    case 'sarif':
      return checkSarif(result, prefix.startsWith('..') ? `${pathToFileURL(dir).href}/` : prefix);
    case 'github':
      return checkGithub(result, prefix);
  }
}

/** @throws HarnessError when a file can't be read, or holds anything but metrics */
async function savedMetrics(pairs: string[]): Promise<Map<string, string>> {
  return new Map(
    await Promise.all(
      pairs.map(async (pair): Promise<[string, string]> => {
        const [job, file] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
        const advice =
          'Save them with `curl http://TARGET/metrics > FILE`, and name them as --metrics JOB=FILE.';
        const text = await readFile(file, 'utf8').catch((error: unknown) => {
          throw new HarnessError(
            `the metrics of ${job} can't be read: ${messageOf(error)}`,
            advice,
          );
        });
        const { families, unread } = parseExposition(text);
        if (families.length === 0 || unread > 0)
          throw new HarnessError(
            `${file} is no /metrics text: ${families.length === 0 ? 'it has no metric' : `${unread} of its lines can't be read`}`,
            advice,
          );
        return [job, text];
      }),
    ),
  );
}
