import { join, resolve } from 'node:path';
import { examplesOf } from '../../check/index.ts';
import { HarnessError } from '../../lib/errors.ts';
import { createProgress } from '../../lib/progress.ts';
import { panelMutants } from '../../mutate/panels.ts';
import { readFolder } from '../../stack/folder.ts';
import { readStack } from '../../stack/index.ts';
import { pathsAround } from '../../stack/paths-around.ts';
import type { Output } from '../output.ts';
import { PROJECT_DIR } from '../paths.ts';
import { findPromtool } from '../promtool.ts';
import { chosen } from './chosen.ts';
import { withCause } from '../../mutate/judge/cause.ts';
import { conclude } from './conclude.ts';
import { mutantsIn } from './mutants-in.ts';
import { openJournal, resultsIn } from './journal.ts';
import { judgeAll } from './judge-all.ts';
import { overRun } from './over-run.ts';
import type { MutateOptions } from './options.ts';
import { panelTexts } from './panels.ts';
import { promisedSubjects } from './subjects.ts';
import { ownTests, readTests } from './test-files.ts';
import { unreadRules } from './unread.ts';

/**
 * `npm run mutate`: what of a stack's rules could be got wrong without anybody noticing.
 * @returns 0 the score is high enough, 1 it isn't, 2 it was interrupted (or couldn't judge: thrown)
 */
export async function mutate(
  options: MutateOptions,
  output: Output,
  signal: AbortSignal,
): Promise<0 | 1 | 2> {
  const dir = resolve(options.stack ?? join(PROJECT_DIR, 'stack'));
  const files = await readFolder(dir);
  const stack = readStack(files, pathsAround(dir));
  const unread = unreadRules(stack, options.only);
  for (const line of unread) output.error(line);
  const tests = await readTests(options.tests, dir, stack);
  const promtool = await promtoolOrThrow();
  const over = options.run === undefined ? undefined : await overRun(options.run);
  const examples = examplesOf(stack);
  const { mutants, of } = chosen(
    [
      ...mutantsIn(stack, tests.length > 0),
      ...(tests.length === 0 && (over || examples.statements.length > 0)
        ? panelMutants(panelTexts(stack, examples), examples.scrapeMs)
        : []),
      ...(over?.mutants ?? []),
    ],
    options,
    dir,
  );
  const judged = [
    ...files,
    ...tests.map(({ name, text }) => ({ path: name, text })),
    { path: 'run', text: options.run ?? '' },
  ];
  const journal = await openJournal(dir, judged, options.resume);
  const progress = createProgress({ stream: output.stream, quiet: output.quiet });
  const results = new Map(resultsIn(journal, mutants).map((r) => [r.mutant.id, r]));
  let interrupted = false;
  try {
    progress.phase(tests.length > 0 ? 'running the tests as they are' : 'solving the alerts');
    const subjects =
      tests.length > 0
        ? await ownTests(tests, files, stack, promtool, signal)
        : await promisedSubjects(stack, promtool, signal);
    const session = { dir, files, stack, promtool, subjects, progress, journal, signal };
    await judgeAll(mutants, { ...session, examples, over, alone: tests.length > 0 }, results);
    await journal.done();
  } catch (error) {
    if (!signal.aborted) throw error;
    interrupted = true;
  } finally {
    progress.stop();
  }
  const inOrder = mutants
    .flatMap((mutant) => results.get(mutant.id) ?? [])
    .map((one) => (options.causes ? withCause(one) : one));
  const left = interrupted ? mutants.length - inOrder.length : 0;
  const result = { results: inOrder, seed: options.seed, of, left, unread };
  return conclude(result, stack, dir, options, output);
}

async function promtoolOrThrow(): Promise<string> {
  const promtool = await findPromtool();
  if (promtool !== undefined) return promtool;
  throw new HarnessError(
    'promtool is neither in the PATH nor in the cache',
    'Fetch the programs first: npm run fetch',
  );
}
