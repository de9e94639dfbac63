import { join, resolve } from 'node:path';
import { examplesOf } from '../../check/index.ts';
import { HarnessError } from '../../lib/errors.ts';
import { createProgress } from '../../lib/progress.ts';
import type { Mutant, MutantResult } from '../../model/mutation.ts';
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
import { beginJournal, resultsIn, resumeJournal } from './journal.ts';
import { judgeAll } from './judge-all.ts';
import { overRun } from './over-run.ts';
import type { MutateOptions } from './options.ts';
import type { Session } from './session.ts';
import { panelTexts } from './panels.ts';
import { promisedSubjects } from './subjects.ts';
import type { OwnTests } from '../../mutate/judge/test-file.ts';
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
  const given: Given = { dir, files, stack, tests, promtool, over, examples: examplesOf(stack) };
  const { mutants, of } = chosen(allMutants(given), options, dir);
  const { results, interrupted } = await judged(given, mutants, options, { output, signal });
  const inOrder = mutants
    .flatMap((mutant) => results.get(mutant.id) ?? [])
    .map((one) => (options.causes ? withCause(one) : one));
  const left = interrupted ? mutants.length - inOrder.length : 0;
  const result = { results: inOrder, seed: options.seed, of, left, unread };
  return conclude(result, stack, dir, options, output);
}

/** All that a call begins with. */
interface Given extends Pick<
  Session,
  'dir' | 'files' | 'stack' | 'promtool' | 'over' | 'examples'
> {
  /** Tests that are scored in the place of the stack's own promises. */
  tests: OwnTests[];
}

/** What could be got wrong, in the files and in what the run's services tell. */
function allMutants({ stack, tests, over, examples }: Given): Mutant[] {
  const scored = tests.length > 0;
  const shown = over !== undefined || examples.statements.length > 0;
  return [
    ...mutantsIn(stack, scored ? 'rules' : 'everything'),
    ...(!scored && shown ? panelMutants(panelTexts(stack, examples), examples.scrapeMs) : []),
    ...(over?.mutants ?? []),
  ];
}

/** What became of each mutant, those too that an earlier call has judged. */
async function judged(
  given: Given,
  mutants: Mutant[],
  options: MutateOptions,
  { output, signal }: { output: Output; signal: AbortSignal },
): Promise<{ results: Map<string, MutantResult>; interrupted: boolean }> {
  const { dir, files, stack, tests, promtool } = given;
  const scored = tests.length > 0;
  const dependsOn = [
    ...files,
    ...tests.map(({ name, text }) => ({ path: name, text })),
    { path: 'run', text: options.run ?? '' },
  ];
  const journal = await (options.resume ? resumeJournal : beginJournal)(dir, dependsOn);
  const progress = createProgress({ stream: output.stream, quiet: output.quiet });
  const results = new Map(resultsIn(journal, mutants).map((r) => [r.mutant.id, r]));
  try {
    progress.phase(scored ? 'running the tests as they are' : 'solving the alerts');
    const subjects = scored
      ? await ownTests(tests, files, stack, promtool, signal)
      : await promisedSubjects(stack, promtool, signal);
    await judgeAll(
      mutants,
      { ...given, subjects, progress, journal, signal, alone: scored },
      results,
    );
    await journal.done();
  } catch (error) {
    if (!signal.aborted) throw error;
    return { results, interrupted: true };
  } finally {
    progress.stop();
  }
  return { results, interrupted: false };
}

async function promtoolOrThrow(): Promise<string> {
  const promtool = await findPromtool();
  if (promtool !== undefined) return promtool;
  throw new HarnessError(
    'promtool is neither in the PATH nor in the cache',
    'Fetch the programs first: npm run fetch',
  );
}
