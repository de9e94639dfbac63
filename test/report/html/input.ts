import type { Evidence } from '../../../src/model/evidence.ts';
import type { Plan } from '../../../src/model/plan.ts';
import type { Judgement } from '../../../src/model/verdict.ts';
import type { Assets, HtmlInput } from '../../../src/report/html/index.ts';
import { contexts, runContext } from '../../../src/verdict/alerts/context.ts';
import { judge } from '../../../src/verdict/index.ts';
import { comparisonsOf } from '../../../src/verdict/panels/index.ts';
import { measuredEvidence, measuredPlan } from '../../support/measured.ts';
import { perfectEvidence } from '../../support/perfect.ts';
import { samplePlan } from '../samples.ts';

export const NO_ASSETS: Assets = {
  script: 'void 0;',
  styles: 'body{}',
  guide:
    '# Findings\n\n## fired-early\n\nIt fired `too` soon.\n**Cause:** see [timing](timing.md).\n**Mend:** `for` in the rule.\n\n## never-fired\n\nAnother.\n',
};

/**
 * A run with alerts from one made-up world, metrics and panels from the other: everything that a
 * page shows.
 */
export function wholeRun(speed = 60): { plan: Plan; evidence: Evidence } {
  const plan = samplePlan(speed);
  const measured = measuredPlan();
  const { metrics, metadata, truth, answers, k6, panels } = measuredEvidence(measured);
  const { quantiles, questions, load } = measured;
  const whole: Plan = {
    ...plan,
    metrics: measured.metrics,
    panels: measured.panels,
    quantiles,
    questions,
    load,
  };
  return {
    plan: whole,
    evidence: { ...perfectEvidence(whole), metrics, metadata, truth, answers, k6, panels },
  };
}

/** What the page is made of, as the command puts it together. */
export function inputOf(
  { plan, evidence }: { plan: Plan; evidence: Evidence },
  judgement: Judgement = judge(plan, evidence),
  assets = NO_ASSETS,
): HtmlInput {
  const lives =
    evidence.t0 === null
      ? []
      : contexts(runContext(plan, evidence, evidence.t0)).map(
          ({ track, episodes, notices, began }) => ({
            track,
            episodes,
            notices,
            began: Object.fromEntries(track.steps.map(({ phase }) => [phase, began(phase)])),
          }),
        );
  return {
    plan,
    evidence,
    judgement,
    lives,
    worlds: [{ plan, evidence }],
    comparisons: comparisonsOf(plan, evidence),
    files: [],
    otherFiles: [],
    stackDir: null,
    assets,
  };
}
