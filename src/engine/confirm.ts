import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../lib/errors.ts';
import { readJunit } from './junit.ts';
import { runPromtool } from './promtool.ts';
import { makeTemporary } from '../lib/temporary.ts';

/** Files for one test run of the engine. */
export interface Case {
  rules: string;
  tests: (rulePath: string) => string;
}

/** `timedOut`: the engine didn't come to an end with it, so nothing is known. */
export type Verdict = { passed: true } | { passed: false; output: string; timedOut?: true };

/** So many files a process keep both cores busy and a start's cost small. */
const FILES_AT_ONCE = 40;
/** So many processes at a time. */
const PROCESSES = 2;
/** Far longer than forty honest files take. */
const TIMEOUT_MS = 300_000;

export interface CaseLimits {
  /** How long a process may take before its files are run by themselves, ms. */
  batchMs: number;
  /** And how long one by itself may take, ms. */
  caseMs: number;
}

/**
 * Runs cases with promtool, in virtual time, forty files a process.
 * @returns for each case whether all of its statements are true
 * @throws HarnessError when promtool can't run them
 */
export async function runCases(
  promtool: string,
  cases: readonly Case[],
  signal: AbortSignal,
  limits?: CaseLimits,
): Promise<Verdict[]> {
  const size = Math.min(FILES_AT_ONCE, Math.max(1, Math.ceil(cases.length / PROCESSES)));
  const batches = Array.from({ length: Math.ceil(cases.length / size) }, (_, i) =>
    cases.slice(i * size, (i + 1) * size),
  );
  const verdicts: Verdict[][] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < batches.length; i = next++)
      verdicts[i] = await runBatch(promtool, batches[i] ?? [], signal, limits);
  };
  await Promise.all(Array.from({ length: PROCESSES }, worker));
  return verdicts.flat();
}

async function runBatch(
  promtool: string,
  cases: readonly Case[],
  signal: AbortSignal,
  limits?: CaseLimits,
): Promise<Verdict[]> {
  const timeoutMs = cases.length === 1 ? limits?.caseMs : limits?.batchMs;
  const dir = await makeTemporary('solve');
  try {
    const files = await Promise.all(
      cases.map(async ({ rules, tests }, i) => {
        const [rulePath, testPath] = [join(dir, `${i}.rules.yml`), join(dir, `${i}.test.yml`)];
        await Promise.all([writeFile(rulePath, rules), writeFile(testPath, tests(rulePath))]);
        return testPath;
      }),
    );
    const junit = join(dir, 'junit.xml');
    const { exitCode, output, timedOut } = await runPromtool(promtool, files, signal, {
      junit,
      timeoutMs: timeoutMs ?? TIMEOUT_MS,
    });
    if (timedOut && limits) return await afterTimeout(promtool, cases, signal, limits);
    if (exitCode === undefined)
      throw new HarnessError(
        `promtool did not end: ${output}`,
        'Try again; on a very busy machine leave it more room.',
      );
    if (exitCode === 0) return cases.map(() => ({ passed: true }));
    const text = await readFile(junit, 'utf8').catch(() => undefined);
    if (text === undefined) return await oneByOne(promtool, cases, signal, output);
    const failures = readJunit(text);
    return files.map((file) => {
      const failed = failures.get(file);
      return failed === undefined ? { passed: true } : { passed: false, output: failed };
    });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** One of the cases has no end: each by itself tells which. */
async function afterTimeout(
  promtool: string,
  cases: readonly Case[],
  signal: AbortSignal,
  limits: CaseLimits,
): Promise<Verdict[]> {
  if (cases.length <= 1)
    return cases.map(() => ({ passed: false, output: 'promtool did not end', timedOut: true }));
  const verdicts: Verdict[] = [];
  for (const one of cases) verdicts.push(...(await runBatch(promtool, [one], signal, limits)));
  return verdicts;
}

/** An older promtool writes no JUnit: each file by itself then, told by its exit code. */
async function oneByOne(
  promtool: string,
  cases: readonly Case[],
  signal: AbortSignal,
  output: string,
): Promise<Verdict[]> {
  if (cases.length <= 1) return cases.map(() => ({ passed: false, output }));
  const verdicts: Verdict[] = [];
  for (const one of cases) verdicts.push(...(await runBatch(promtool, [one], signal)));
  return verdicts;
}
