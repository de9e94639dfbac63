import { messageOf } from '../lib/errors.ts';
import type { CheckResult } from '../model/check.ts';
import { checkFolder } from './check.ts';
import type { Watch } from './watch.ts';

/**
 * Does something, and checks the stack's files beside it, from its first word on: so that what it
 * begins with isn't held up.
 * @returns what it gave, and what is wrong in the files: undefined when that can't be told
 * @throws what it throws; then no promtool is left behind, nor its files
 */
export async function checkedBeside<T>(
  stackDir: string,
  watch: Watch,
  act: (watch: Watch) => Promise<T>,
): Promise<{ result: T; checked: CheckResult | undefined }> {
  const stop = new AbortController();
  let checking: Promise<CheckResult | undefined> | undefined;
  const check = (): typeof checking => (checking ??= checkFiles(stackDir, watch, stop.signal));
  try {
    const result = await act(whenUnderWay(watch, () => void check()));
    return { result, checked: await check() };
  } finally {
    stop.abort();
    await checking;
  }
}

/**
 * Acts at the first word of a run: what is done beside it would else keep waiting what it begins
 * with.
 */
function whenUnderWay(watch: Watch, act: () => void): Watch {
  return {
    ...watch,
    event: (event) => {
      act();
      watch.event(event);
    },
  };
}

/**
 * What can be known without running anything is known in seconds, limits to the last digit too,
 * which no run can tell apart. The run proves the rest, and isn't held up by it.
 * @returns what is wrong in the stack's files; undefined when that can't be told, which is said
 */
async function checkFiles(
  stackDir: string,
  watch: Watch,
  signal: AbortSignal,
): Promise<CheckResult | undefined> {
  try {
    const checked = await checkFolder(stackDir, { signal });
    const findings = checked.findings.filter(({ level }) => level !== 'advice');
    const wrong = findings.length;
    if (wrong > 0)
      watch.line(
        `the stack's files: ${wrong} ${wrong === 1 ? 'thing is' : 'things are'} wrong, told at ` +
          'the end',
      );
    return { ...checked, findings, rules: [] };
  } catch (error) {
    watch.line(`the stack's files couldn't be checked beside the run: ${messageOf(error)}`);
    return undefined;
  }
}
