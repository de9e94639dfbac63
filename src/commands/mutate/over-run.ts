import { setImmediate } from 'node:timers/promises';
import { HarnessError } from '../../lib/errors.ts';
import type { Mutant, MutantResult } from '../../model/mutation.ts';
import { instrumentationMutants } from '../../mutate/instrumentation/index.ts';
import type { InstrumentationMutant } from '../../mutate/instrumentation/index.ts';
import { resultOf } from '../../mutate/judge/verdicts.ts';
import { panelMutants } from '../../mutate/panels.ts';
import type { PanelMutant } from '../../mutate/panels.ts';
import { speedUpExpr } from '../../speedup/promql.ts';
import { judgeMetrics } from '../../verdict/metrics/index.ts';
import { judgePanels } from '../../verdict/panels/index.ts';
import { judgePanelMutants } from './panels-over-run.ts';
import { storedRun } from '../stored-run.ts';
import type { StoredWorld } from '../stored-run.ts';

/** A run whose evidence judges what virtual time can't: panels and services. */
export interface OverRun {
  mutants: (PanelMutant | InstrumentationMutant)[];
  judge: (
    mutants: Mutant[],
    signal: AbortSignal,
    keep: (result: MutantResult) => void,
  ) => Promise<void>;
}

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
  const mutants = [
    ...panelMutants(plan, evidence, (expr) => speedUpExpr(expr, plan.speed).expr),
    ...instrumentationMutants(plan, evidence),
  ];
  return {
    mutants,
    judge: async (asked, signal, keep) => {
      const ids = new Set(asked.map(({ id }) => id));
      const left = mutants.filter(({ id }) => ids.has(id));
      for (const mutant of left.filter((m) => m.kind === 'instrumentation')) {
        await setImmediate();
        signal.throwIfAborted();
        keep(ofInstrumentation(mutant, world));
      }
      await judgePanelMutants(
        left.filter((m) => m.kind === 'dashboard'),
        world,
        signal,
        keep,
      );
    },
  };
}

function ofInstrumentation(
  mutant: InstrumentationMutant,
  { plan, evidence }: StoredWorld,
): MutantResult {
  const own = { ...plan, metrics: plan.metrics.filter(({ name }) => name === mutant.metric) };
  return resultOf(
    mutant,
    judgeMetrics(own, evidence),
    judgeMetrics(own, { ...evidence, ...mutant.evidence }),
    'Nobody outside of the stack knows what this metric must be: a truth of it would tell.',
  );
}
