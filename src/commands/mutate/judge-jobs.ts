import type { Mutant } from '../../model/mutation.ts';
import { judgeScraping } from '../../mutate/judge/scraping.ts';
import { changedFiles } from '../../mutate/judge/static.ts';
import { needsRun } from '../../mutate/scraping.ts';
import { readStack } from '../../stack/index.ts';
import { pathsAround } from '../../stack/paths-around.ts';
import type { ScrapeJob } from '../../stack/prometheus.ts';
import { inTurn } from './in-turn.ts';
import type { Keep, Session } from './session.ts';
import type { BySight } from './sights.ts';

/** How jobs are scraped: what the files say, and a run where one is given. */
export async function judgeJobs(
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

/** A scrape job as a mutant has it. */
function jobIn({ dir, files }: Session): (mutant: Mutant) => ScrapeJob | undefined {
  const paths = pathsAround(dir);
  return (mutant) =>
    readStack(changedFiles(files, mutant), paths)
      .prometheus.flatMap(({ jobs }) => jobs)
      .find(({ name }) => mutant.subject === `job ${name}`);
}
