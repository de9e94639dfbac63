import { readdir } from 'node:fs/promises';
import { until } from '../../../src/lib/wait.ts';
import { mountsNaming, processesNaming } from '../../../test/support/left-behind.ts';

/** Nothing of a run may go on for longer than this after its end, ms. */
const GONE_WITHIN_MS = 60_000;

/**
 * What goes on naming the runs' folder though it had time to end, and data and temporary files that
 * stay though `down` was asked for once.
 * @param runs the folder of its runs
 * @param temporary the folder of its temporary files
 * @param down asks for what killed runs left to be removed
 */
export async function leftOf(
  runs: string,
  temporary: string,
  signal: AbortSignal,
  down: () => Promise<unknown>,
): Promise<string[]> {
  const left = (): string[] => [...processesNaming(runs), ...mountsNaming(runs)];
  const gone = (): Promise<true | undefined> =>
    Promise.resolve(left().length === 0 ? true : undefined);
  const wait = { what: 'nothing of the run goes on', timeoutMs: GONE_WITHIN_MS, signal };
  const isGone = await until(gone, wait).catch(() => false);
  if (!isGone) return left();
  // What was killed may have left its data: `down` finds it, and once.
  await down();
  const data = await readdir(runs, { recursive: true }).catch(() => []);
  return [
    ...data.filter((path) => /(^|\/)data$/.test(path)),
    ...(await readdir(temporary)).map((name) => `temporary ${name}`),
  ];
}
