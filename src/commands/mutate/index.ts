import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { checkRead, examplesOf, saysHowItIsScraped, toldOutcome } from '../../check/index.ts';
import type { Examples } from '../../check/index.ts';
import { runCases } from '../../engine/confirm.ts';
import type { Case } from '../../engine/confirm.ts';
import { HarnessError } from '../../lib/errors.ts';
import { createProgress } from '../../lib/progress.ts';
import type { Progress } from '../../lib/progress.ts';
import type { CheckFile } from '../../model/check.ts';
import type { Mutant, MutantResult, RuleMutant } from '../../model/mutation.ts';
import { withDeclared } from '../../mutate/declared.ts';
import { hintFor } from '../../mutate/judge/hints.ts';
import { equivalenceOf } from '../../mutate/judge/equivalent.ts';
import { routingJudge } from '../../mutate/judge/routing.ts';
import { staticJudge } from '../../mutate/judge/static.ts';
import { judgeInVirtualTime } from '../../mutate/judge/virtual.ts';
import { ruleMutants } from '../../mutate/mutants.ts';
import { panelMutants } from '../../mutate/panels.ts';
import type { PanelMutant } from '../../mutate/panels.ts';
import { needsRun, scrapingMutants } from '../../mutate/scraping.ts';
import { routingMutants } from '../../mutate/routing/index.ts';
import { readFolder } from '../../stack/folder.ts';
import { readStack } from '../../stack/index.ts';
import type { Stack } from '../../stack/index.ts';
import { pathsAround } from '../../stack/paths-around.ts';
import type { Output } from '../output.ts';
import { PROJECT_DIR } from '../paths.ts';
import { findPromtool } from '../promtool.ts';
import { chosen } from './chosen.ts';
import { conclude } from './conclude.ts';
import { openJournal, resultsIn } from './journal.ts';
import type { Journal } from './journal.ts';
import { overRun } from './over-run.ts';
import type { OverRun } from './over-run.ts';
import type { MutateOptions } from './options.ts';
import { judgePanels, panelTexts } from './panels.ts';
import { promisedSubjects } from './subjects.ts';
import type { Subjects } from './subjects.ts';
import { ownTests, readTests } from './test-files.ts';

/** A mutant that the engine finds no end with is told as such. */
const LIMITS = { batchMs: 60_000, caseMs: 10_000 };

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
  const tests = await readTests(options.tests, dir, stack);
  const promtool = await promtoolOrThrow();
  const over = options.run === undefined ? undefined : await overRun(options.run);
  const examples = examplesOf(stack);
  const mutants = chosen(
    [
      ...mutantsOf(stack, tests.length > 0),
      ...(tests.length === 0 && (over || examples.statements.length > 0)
        ? panelMutants(panelTexts(stack, examples))
        : []),
      ...(over?.mutants ?? []),
    ],
    options,
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
  const inOrder = mutants.flatMap((mutant) => results.get(mutant.id) ?? []);
  const left = interrupted ? mutants.length - inOrder.length : 0;
  return conclude({ results: inOrder, seed: options.seed }, stack, options, output, left);
}

/** Tests of rules alone score these alone; all else is judged where somebody promised it. */
function mutantsOf(stack: Stack, rulesAlone: boolean): Mutant[] {
  const isPromised = stack.contract?.root.has('alerts') ?? false;
  return [
    ...ruleMutants(stack),
    ...(isPromised && !rulesAlone ? routingMutants(stack.alertmanagers) : []),
    ...(saysHowItIsScraped(stack) && !rulesAlone ? scrapingMutants(stack.prometheus) : []),
  ];
}

interface Session {
  dir: string;
  files: CheckFile[];
  stack: Stack;
  promtool: string;
  subjects: Subjects;
  progress: Progress;
  journal: Journal;
  signal: AbortSignal;
  over: OverRun | undefined;
  examples: Examples;
  /** The tests are scored alone: what is seen in the files without them counts for nothing. */
  alone: boolean;
}

/** Judges what isn't judged yet; each result is kept as soon as it is known. */
async function judgeAll(
  mutants: Mutant[],
  session: Session,
  results: Map<string, MutantResult>,
): Promise<void> {
  const { files, stack, promtool, subjects, progress, journal, signal } = session;
  const left = mutants.filter(({ id }) => !results.has(id));
  const bySight = session.alone ? () => undefined : sightOf(session);
  const single = new Set(
    stack.contract?.metrics.filter(({ series }) => series === 1).map(({ name }) => name),
  );
  const isSingle = (metric: string): boolean => single.has(metric);
  const declared = stack.contract?.equivalent ?? [];
  const startedAt = Date.now();
  const keep = (result: MutantResult): void => {
    results.set(result.mutant.id, result);
    journal.add(result);
    const done = left.length - mutants.length + results.size;
    const doneMs = Date.now() - startedAt;
    progress.update({
      phase: 'judging mutants',
      doneMs,
      totalMs: (doneMs * left.length) / Math.max(1, done),
      waitingFor: `${results.size} of ${mutants.length} mutants`,
    });
  };
  progress.phase(`judging ${left.length} mutants`);
  await judgeInVirtualTime(left.filter(isRuleMutant), subjects.subjects, {
    run: (cases) => runCases(promtool, cases, signal, LIMITS),
    unseen: subjects.unseen,
    equivalent: (mutant) => equivalenceOf(mutant, stack.rules, isSingle),
    onResult: (result) => {
      signal.throwIfAborted();
      const isOpen = result.fate === 'survived' || result.fate === 'undecided';
      keep(withDeclared((isOpen ? bySight(result.mutant) : undefined) ?? result, declared));
    },
  });
  const byRouting = routingJudge(files, outcomeOf(session), bySight);
  for (const mutant of left.filter(({ kind }) => kind === 'routing')) {
    // So that a signal to stop is seen.
    await setImmediate();
    signal.throwIfAborted();
    keep(withDeclared(byRouting(mutant), declared));
  }
  for (const mutant of left.filter(({ kind }) => kind === 'scraping')) {
    await setImmediate();
    signal.throwIfAborted();
    keep(withDeclared(bySight(mutant) ?? ofScraping(mutant), declared));
  }
  const keepDeclared = (result: MutantResult): void => keep(withDeclared(result, declared));
  const { over, examples } = session;
  await over?.judgeServices(left, signal, keepDeclared);
  const judges = {
    ...{ examples, isSingle },
    run: (cases: Case[]) => runCases(promtool, cases, signal, LIMITS),
    byRun:
      over &&
      ((open: PanelMutant[], say: typeof keep) => over.judgePanels(open, stack, signal, say)),
  };
  await judgePanels(left.filter(isPanelMutant), judges, keepDeclared);
}

function isPanelMutant(mutant: Mutant): mutant is PanelMutant {
  return mutant.kind === 'dashboard';
}

function isRuleMutant(mutant: Mutant): mutant is RuleMutant {
  return mutant.kind === 'rule';
}

/** Nothing is wrong with the files: what changes the samples a run would tell. */
function ofScraping(mutant: Mutant): MutantResult {
  return needsRun(mutant)
    ? {
        mutant,
        fate: 'undecided',
        because: 'What is scraped then was not recorded: a run of its own would tell.',
      }
    : { mutant, fate: 'survived', because: hintFor(mutant) };
}

/** What `check` sees in the files as a mutant has them. */
function sightOf({ dir, files }: Session): (mutant: Mutant) => MutantResult | undefined {
  const paths = pathsAround(dir);
  return staticJudge(files, (changed) => checkRead(readStack(changed, paths)).findings);
}

function outcomeOf({ dir }: Session): (files: CheckFile[]) => string | undefined {
  const paths = pathsAround(dir);
  return (files) => toldOutcome(readStack(files, paths));
}

async function promtoolOrThrow(): Promise<string> {
  const promtool = await findPromtool();
  if (promtool !== undefined) return promtool;
  throw new HarnessError(
    'promtool is neither in the PATH nor in the cache',
    'Fetch the programs first: npm run fetch',
  );
}
