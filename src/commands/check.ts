import { relative, join, resolve } from 'node:path';
import { readFile } from 'node:fs/promises';
import { checkStack } from '../check/index.ts';
import { HarnessError, messageOf } from '../lib/errors.ts';
import type { CheckResult } from '../model/check.ts';
import { checkText } from '../report/check/text.ts';
import { pathsAround, readCheckFiles } from './check-files.ts';
import type { Output } from './output.ts';
import { PROJECT_DIR } from './paths.ts';

export interface CheckOptions {
  /** The stack's folder; GT-Vision's own by default. */
  dir?: string;
  /** `JOB=FILE`: saved /metrics texts. */
  metrics: string[];
}

/** Reads a stack's folder and checks it. What `verify` runs first, too. @throws HarnessError when there is nothing to check */
export async function checkFolder(dir: string, metrics = new Map<string, string>()): Promise<CheckResult> {
  const result = checkStack(await readCheckFiles(dir), { metrics, ...pathsAround(dir) });
  if (result.looked.files === 0) throw new HarnessError(`${dir} holds nothing of an observability stack`, 'Name the folder that has prometheus.yml, alertmanager.yml, rules, dashboards or a compose file.');
  return result;
}

/** `npm run check`. @returns the exit code: 0 clean (or advice only), 1 errors or warnings, 2 couldn't judge (thrown) */
export async function check(options: CheckOptions, output: Output): Promise<0 | 1> {
  const dir = resolve(options.dir ?? join(PROJECT_DIR, 'stack'));
  const result = await checkFolder(dir, await savedMetrics(options.metrics));
  output.print(checkText(result, { color: output.color, width: output.width, dir: relative(process.cwd(), dir) || '.' }));
  return result.findings.some((f) => f.level !== 'advice') ? 1 : 0;
}

async function savedMetrics(pairs: string[]): Promise<Map<string, string>> {
  return new Map(await Promise.all(pairs.map(async (pair): Promise<[string, string]> => {
    const [job, file] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    try {
      return [job, await readFile(file, 'utf8')];
    } catch (error) {
      throw new HarnessError(`the metrics of ${job} can't be read: ${messageOf(error)}`, 'Save them with `curl http://TARGET/metrics > FILE`, and name them as --metrics JOB=FILE.');
    }
  })));
}
