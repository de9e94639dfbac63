import { toldOutcome } from '../../check/index.ts';
import type { CheckFile } from '../../model/check.ts';
import type { Mutant, MutantResult, RuleMutant } from '../../model/mutation.ts';
import { withDeclared } from '../../mutate/declared.ts';
import { routingJudge } from '../../mutate/judge/routing.ts';
import { judgeBySight } from '../../mutate/judge/sight.ts';
import { isPanelMutant } from '../../mutate/panels.ts';
import type { PanelMutant } from '../../mutate/panels.ts';
import { readStack } from '../../stack/index.ts';
import { pathsAround } from '../../stack/paths-around.ts';
import { inTurn } from './in-turn.ts';
import { judgeJobs } from './judge-jobs.ts';
import { judgeRules } from './judge-rules.ts';
import { judgePanels } from './panels.ts';
import { engineOf, singleIn } from './session.ts';
import type { Keep, Session } from './session.ts';
import { looksSight, messageSight, sightOf } from './sights.ts';

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

/** Messages and how dashboards look: what their files and the contract say is all that tells. */
async function judgeFiles(mutants: Mutant[], session: Session, keep: Keep): Promise<void> {
  const looks = mutants.filter((one) => one.kind === 'dashboard' && !isPanelMutant(one));
  const [ofMessages, ofLooks] = [messageSight(session), looksSight(session)];
  await inTurn(ofKind(mutants, 'message'), session.signal, (mutant) =>
    keep(judgeBySight(mutant, ofMessages)),
  );
  await inTurn(looks, session.signal, (mutant) => keep(judgeBySight(mutant, ofLooks)));
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

function ofKind(mutants: Mutant[], kind: Mutant['kind']): Mutant[] {
  return mutants.filter((mutant) => mutant.kind === kind);
}

function isRuleMutant(mutant: Mutant): mutant is RuleMutant {
  return mutant.kind === 'rule';
}

function outcomeOf({ dir }: Session): (files: CheckFile[]) => string | undefined {
  const paths = pathsAround(dir);
  return (files) => toldOutcome(readStack(files, paths));
}
