import { setImmediate } from 'node:timers/promises';
import { toldOutcome } from '../../check/index.ts';
import type { Examples } from '../../check/index.ts';
import { runCases } from '../../engine/confirm.ts';
import type { Case, Verdict } from '../../engine/confirm.ts';
import type { Progress } from '../../lib/progress.ts';
import type { CheckFile } from '../../model/check.ts';
import type { Mutant, MutantResult, RuleMutant } from '../../model/mutation.ts';
import { withDeclared } from '../../mutate/declared.ts';
import { equivalenceOf } from '../../mutate/judge/equivalent.ts';
import { routingJudge } from '../../mutate/judge/routing.ts';
import { judgeScraping } from '../../mutate/judge/scraping.ts';
import { judgeBySight } from '../../mutate/judge/sight.ts';
import { changedFiles } from '../../mutate/judge/static.ts';
import { judgeInVirtualTime } from '../../mutate/judge/virtual.ts';
import { isPanelMutant } from '../../mutate/panels.ts';
import type { PanelMutant } from '../../mutate/panels.ts';
import { needsRun } from '../../mutate/scraping.ts';
import { readStack } from '../../stack/index.ts';
import type { Stack } from '../../stack/index.ts';
import { pathsAround } from '../../stack/paths-around.ts';
import type { ScrapeJob } from '../../stack/prometheus.ts';
import type { Journal } from './journal.ts';
import type { OverRun } from './over-run.ts';
import { judgePanels } from './panels.ts';
import { contractSight, looksSight, messageSight, sightOf } from './sights.ts';
import type { BySight } from './sights.ts';
import type { Subjects } from './subjects.ts';

/**
 * A mutant that the engine finds no end with is told as such. Forty honest ones that look back over
 * days take a minute, and more beside others: what is ended too early is all done again.
 */
const LIMITS = { batchMs: 240_000, caseMs: 10_000 };

/** All that mutants are judged with. */
export interface Session {
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

/** Tells of one mutant what became of it. */
type Keep = (result: MutantResult) => void;

/** Judges what isn't judged yet; each result is kept as soon as it is known. */
export async function judgeAll(
  mutants: Mutant[],
  session: Session,
  results: Map<string, MutantResult>,
): Promise<void> {
  const { stack, progress } = session;
  const left = mutants.filter(({ id }) => !results.has(id));
  const bySight = session.alone ? () => undefined : sightOf(session);
  const declared = stack.contract?.equivalent ?? [];
  const told = progressOf(session, mutants.length, left.length, results);
  const keep: Keep = (result) => told(withDeclared(result, declared));
  progress.phase(`judging ${left.length} mutants`);
  await judgeRules(left.filter(isRuleMutant), session, bySight, keep);
  const byRouting = routingJudge(session.files, outcomeOf(session), bySight);
  await inTurn(ofKind(left, 'routing'), session.signal, (mutant) => keep(byRouting(mutant)));
  await judgeFiles(left, session, keep);
  await judgeJobs(ofKind(left, 'scraping'), session, bySight, keep);
  const contract = stack.contract?.file;
  const texts = stack.files.filter((file) => file !== contract).map(({ text }) => text);
  await session.over?.judgeServices(left, texts, session.signal, keep);
  await judgeDashboards(left.filter(isPanelMutant), session, keep);
}

/** Keeps a result and says how far it is. */
function progressOf(
  { progress, journal }: Session,
  all: number,
  left: number,
  results: Map<string, MutantResult>,
): Keep {
  const startedAt = Date.now();
  return (result) => {
    results.set(result.mutant.id, result);
    journal.add(result);
    const done = left - all + results.size;
    const doneMs = Date.now() - startedAt;
    progress.update({
      phase: 'judging mutants',
      doneMs,
      totalMs: (doneMs * left) / Math.max(1, done),
      waitingFor: `${results.size} of ${all} mutants`,
    });
  };
}

function judgeRules(
  mutants: RuleMutant[],
  session: Session,
  bySight: BySight,
  keep: Keep,
): Promise<void> {
  const { stack, subjects, signal } = session;
  const isSingle = singleIn(stack);
  return judgeInVirtualTime(mutants, subjects.subjects, {
    run: engineOf(session),
    unseen: subjects.unseen,
    bySight: session.alone ? undefined : contractSight(session),
    equivalent: (mutant) => equivalenceOf(mutant, stack.rules, isSingle),
    onResult: (result) => {
      signal.throwIfAborted();
      const isOpen = result.fate === 'survived' || result.fate === 'undecided';
      keep((isOpen ? bySight(result.mutant) : undefined) ?? result);
    },
  });
}

/** Messages and how dashboards look: what their files and the contract say is all that tells. */
async function judgeFiles(mutants: Mutant[], session: Session, keep: Keep): Promise<void> {
  const looks = mutants.filter((one) => one.kind === 'dashboard' && !isPanelMutant(one));
  const [ofMessages, ofLooks] = [messageSight(session), looksSight(session)];
  await inTurn(ofKind(mutants, 'message'), session.signal, (mutant) =>
    keep(judgeBySight(mutant, ofMessages)),
  );
  await inTurn(looks, session.signal, (mutant) => keep(judgeBySight(mutant, ofLooks)));
}

async function judgeJobs(
  mutants: Mutant[],
  session: Session,
  bySight: BySight,
  keep: Keep,
): Promise<void> {
  const { stack, over, signal } = session;
  const jobs = stack.prometheus.flatMap((one) => one.jobs.map(({ name }) => name));
  const scraped = mutants.some(needsRun) ? await over?.scraped(jobs, signal) : undefined;
  const job = jobIn(session);
  await inTurn(mutants, signal, (mutant) =>
    keep(bySight(mutant) ?? judgeScraping(mutant, stack, job, scraped)),
  );
}

function judgeDashboards(mutants: PanelMutant[], session: Session, keep: Keep): Promise<void> {
  const { over, examples, stack, signal } = session;
  return judgePanels(
    mutants,
    {
      ...{ examples, isSingle: singleIn(stack), run: engineOf(session) },
      byRun: over && ((open, say) => over.judgePanels(open, stack, signal, say)),
    },
    keep,
  );
}

/** One after the other, so that a signal to stop is seen. */
async function inTurn(
  mutants: Mutant[],
  signal: AbortSignal,
  judge: (mutant: Mutant) => void,
): Promise<void> {
  for (const mutant of mutants) {
    await setImmediate();
    signal.throwIfAborted();
    judge(mutant);
  }
}

function engineOf({ promtool, signal }: Session): (cases: Case[]) => Promise<Verdict[]> {
  return (cases) => runCases(promtool, cases, signal, LIMITS);
}

/** Metrics of which the contract promises one series for each target. */
function singleIn({ contract }: Stack): (metric: string) => boolean {
  const single = contract?.metrics.filter(({ series }) => series === 1).map(({ name }) => name);
  return (metric) => single?.includes(metric) ?? false;
}

function ofKind(mutants: Mutant[], kind: Mutant['kind']): Mutant[] {
  return mutants.filter((mutant) => mutant.kind === kind);
}

function isRuleMutant(mutant: Mutant): mutant is RuleMutant {
  return mutant.kind === 'rule';
}

/** A scrape job as a mutant has it. */
function jobIn({ dir, files }: Session): (mutant: Mutant) => ScrapeJob | undefined {
  const paths = pathsAround(dir);
  return (mutant) =>
    readStack(changedFiles(files, mutant), paths)
      .prometheus.flatMap(({ jobs }) => jobs)
      .find(({ name }) => mutant.subject === `job ${name}`);
}

function outcomeOf({ dir }: Session): (files: CheckFile[]) => string | undefined {
  const paths = pathsAround(dir);
  return (files) => toldOutcome(readStack(files, paths));
}
