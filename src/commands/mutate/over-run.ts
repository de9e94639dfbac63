import { setImmediate } from 'node:timers/promises';
import { HarnessError } from '../../lib/errors.ts';
import type { Mutant, MutantResult } from '../../model/mutation.ts';
import { instrumentationMutants } from '../../mutate/instrumentation/index.ts';
import type { InstrumentationMutant } from '../../mutate/instrumentation/index.ts';
import type { Scraped } from '../../mutate/judge/scraping.ts';
import type { PanelMutant } from '../../mutate/panels.ts';
import type { Plan } from '../../model/plan.ts';
import { speedUpExpr } from '../../speedup/promql.ts';
import { judgeMetrics } from '../../verdict/metrics/index.ts';
import { judgePanels } from '../../verdict/panels/index.ts';
import type { Stack } from '../../stack/index.ts';
import { askedQuery } from '../../stack/panel-query.ts';
import { judgePanelMutants, overBlocks } from './panels-over-run.ts';
import { scrapedInRun } from './scraped-in-run.ts';
import { judgeService } from './services-over-run.ts';
import { storedRun } from '../stored-run.ts';

/** A run whose evidence judges what virtual time can't: panels and services. */
export interface OverRun {
  /** Of its services; those of panels are made of the stack's own dashboards. */
  mutants: InstrumentationMutant[];
  /** What was scraped of each job. */
  scraped: (jobs: string[], signal: AbortSignal) => Promise<Map<string, Scraped>>;
  judgeServices: (
    mutants: Mutant[],
    texts: string[],
    signal: AbortSignal,
    keep: Keep,
  ) => Promise<void>;
  judgePanels: (
    mutants: PanelMutant[],
    stack: Stack,
    signal: AbortSignal,
    keep: Keep,
  ) => Promise<void>;
}

type Keep = (result: MutantResult) => void;

/**
 * Opens a run.
 * @throws HarnessError when there is none, or its evidence can judge nothing: it has no blocks, or
 * broke a promise itself
 */
export async function overRun(run: string): Promise<OverRun> {
  const { runDir, worlds } = await storedRun(run);
  const [world] = worlds;
  const { plan, evidence } = world;
  const before = [...judgeMetrics(plan, evidence), ...judgePanels(plan, evidence)];
  const broken = before.find(({ outcome }) => outcome === 'fail');
  if (evidence.blocks === null || evidence.t0 === null || broken)
    throw new HarnessError(
      `${runDir} can't judge mutants: ` +
        `${broken ? `it broke a promise itself (${broken.finding?.title ?? ''})` : 'it has no blocks'}`,
      'Name a run that passed: npm run verify, then --run with its folder.',
    );
  const mutants = instrumentationMutants(plan, evidence);
  return {
    mutants,
    judgeServices: async (asked, texts, signal, keep) => {
      const ids = new Set(asked.map(({ id }) => id));
      for (const mutant of mutants.filter(({ id }) => ids.has(id))) {
        await setImmediate();
        signal.throwIfAborted();
        keep(judgeService(mutant, world, texts));
      }
    },
    scraped: (jobs, signal) =>
      overBlocks(world, signal, (api) => scrapedInRun(api, jobs, evidence)),
    judgePanels: (asked, stack, signal, keep) =>
      judgePanelMutants(
        asked,
        world,
        (expr, { query }) => inRun(expr, query, stack, plan),
        signal,
        keep,
      ),
  };
}

/** A query as a run asks it: variables filled in, in the run's own time. */
function inRun(
  expr: string,
  { dashboard }: PanelMutant['query'],
  { dashboards, prometheus }: Stack,
  { speed }: Plan,
): string | undefined {
  const own = dashboards.find(({ title }) => title === dashboard);
  const scrapeMs = prometheus[0]?.scrapeIntervalMs ?? 0;
  const asked = own && askedQuery(expr, own, scrapeMs);
  return asked === undefined ? undefined : speedUpExpr(asked, speed).expr;
}
