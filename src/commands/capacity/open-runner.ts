import { basename, join } from 'node:path';
import type { StepRunner } from '../../capacity-run/runner.ts';
import { openTarget } from '../../capacity-run/target.ts';
import { openWorld } from '../../capacity-run/world.ts';
import type { Dimension } from '../../model/dimension.ts';
import { makePlan } from '../../plan/index.ts';
import type { Run } from './run.ts';

/** Brings up what a dimension's steps are run against: the target, or a world of their own. */
export async function openRunner(
  { begun, spec, target, programs, progress, signal }: Run,
  dimension: Dimension,
): Promise<StepRunner> {
  if (target)
    return openTarget({ url: target, dimension, runDir: begun.runDir, k6: programs.k6, signal });
  // No alert is proved here; the dashboards' queries are what viewers ask.
  const panels = { wants: (name: string) => name.startsWith('panel/'), text: 'panels' };
  const plan = makePlan(spec, basename(begun.stackDir), dimension.speed, panels);
  return openWorld({
    plan,
    dimension,
    programs,
    signal,
    runDir: join(begun.runDir, 'worlds', dimension.id.replace('/', '-')),
    waitingFor: (what) =>
      progress.update({
        phase: `starting ${dimension.title}`,
        doneMs: 0,
        totalMs: 0,
        waitingFor: what,
      }),
  });
}
