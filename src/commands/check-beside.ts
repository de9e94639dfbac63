import { RULE_FAILED } from '../check/index.ts';
import { messageOf } from '../lib/errors.ts';
import { checkFolder, uncheckedIn } from './check.ts';
import type { FilesChecked } from './files-checked.ts';
import type { Watch } from './watch.ts';

/**
 * Does something, and checks the stack's files beside it, from its first word on: so that what it
 * begins with isn't held up.
 * @returns what it gave, and what is wrong in the files, or why that can't be told
 * @throws what it throws; then no promtool is left behind, nor its files
 */
export async function checkedBeside<T>(
  stackDir: string,
  watch: Watch,
  act: (watch: Watch) => Promise<T>,
): Promise<{ result: T; files: FilesChecked }> {
  const stop = new AbortController();
  let checking: Promise<FilesChecked> | undefined;
  const check = (): Promise<FilesChecked> =>
    (checking ??= checkFiles(stackDir, watch, stop.signal));
  try {
    const result = await act(whenUnderWay(watch, () => void check()));
    return { result, files: await check() };
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
 */
async function checkFiles(
  stackDir: string,
  watch: Watch,
  signal: AbortSignal,
): Promise<FilesChecked> {
  try {
    const checked = await checkFolder(stackDir, { signal });
    const findings = checked.findings.filter(
      ({ level, rule }) => level !== 'advice' && rule !== RULE_FAILED,
    );
    const wrong = findings.length;
    if (wrong > 0)
      watch.line(
        `the stack's files: ${wrong} ${wrong === 1 ? 'thing is' : 'things are'} wrong, told at ` +
          'the end',
      );
    return { checked: { ...checked, findings, rules: [] }, unchecked: uncheckedIn(checked) };
  } catch (error) {
    return { checked: null, unchecked: messageOf(error) };
  }
}
