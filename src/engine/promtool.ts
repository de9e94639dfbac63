import { dirname } from 'node:path';
import { execa } from 'execa';
import { promtoolEnvironment } from './environment.ts';

/**
 * Whether a Prometheus allows functions that are on trial is said where it is started, not in its
 * rules.
 */
const EXPERIMENTAL = '--enable-feature=promql-experimental-functions';
export interface PromtoolRun {
  /** Undefined: it was ended, or never began. */
  exitCode: number | undefined;
  /** All that it wrote; where it didn't end, why. */
  output: string;
  timedOut: boolean;
}

/**
 * Runs test files with promtool, whatever comes of them.
 * @param options `junit`: where its report is written, in a folder that is removed afterwards
 */
export async function runPromtool(
  promtool: string,
  testFiles: readonly string[],
  signal: AbortSignal,
  options: { junit: string; timeoutMs: number },
): Promise<PromtoolRun> {
  // What it writes meanwhile lies beside its report: it goes with that, also when it was ended.
  const env = { ...promtoolEnvironment(), TMPDIR: dirname(options.junit) };
  const { exitCode, stdout, stderr, shortMessage, timedOut } = await execa(
    promtool,
    ['test', 'rules', `--junit=${options.junit}`, EXPERIMENTAL, ...testFiles],
    { reject: false, timeout: options.timeoutMs, cancelSignal: signal, env },
  );
  signal.throwIfAborted();
  const output = exitCode === undefined ? (shortMessage ?? '') : `${stdout}\n${stderr}`;
  return { exitCode, output, timedOut };
}
