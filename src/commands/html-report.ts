import type { CheckFinding } from '../model/check.ts';
import type { RecordedWorld } from '../model/recorded-world.ts';
import type { Judgement } from '../model/verdict.ts';
import { htmlReport } from '../report/html/index.ts';
import type { Life } from '../report/html/index.ts';
import { shiftMs, sideBySide } from '../report/side-by-side.ts';
import { contexts } from '../verdict/context.ts';
import { comparisonsOf } from '../verdict/panels/index.ts';
import { OWN_STACK } from './paths.ts';
import { reportAssets } from './report-assets.ts';

/**
 * The page for people: everything that the verdicts were drawn from, with the verdicts.
 * @param worlds the run's own first; at least one
 * @param around the stack's folder, for the command that repeats the run, and what is wrong in its files
 */
export async function htmlReportOf(
  worlds: [RecordedWorld, ...RecordedWorld[]],
  judgement: Judgement,
  around: { stackDir?: string; files?: CheckFinding[] } = {},
): Promise<string> {
  const { stackDir = OWN_STACK, files = [] } = around;
  const [first] = worlds;
  return htmlReport({
    ...sideBySide(worlds),
    judgement,
    files,
    stackDir: stackDir === OWN_STACK ? null : stackDir,
    lives: worlds.flatMap((world) => livesOf(world, shiftMs(first.evidence, world.evidence))),
    comparisons: comparisonsOf(first.plan, first.evidence),
    assets: await reportAssets(),
  });
}

/**
 * The lives as the verdicts read them, so that the page never shows another one than was judged.
 * @param ms by how much their times are moved, to the time axis of the page
 */
function livesOf({ plan, evidence }: RecordedWorld, ms: number): Life[] {
  if (evidence.t0 === null) return [];
  return contexts(plan, evidence, evidence.t0).map(({ track, episodes, notices, began }) => ({
    track: track.id,
    episodes: episodes.map(({ activeAt, firingAt, lastAt }) => ({
      activeAt: activeAt + ms,
      firingAt: firingAt === null ? null : firingAt + ms,
      lastAt: lastAt + ms,
    })),
    notices: notices.map((notice) => ({ ...notice, receivedAt: notice.receivedAt + ms })),
    began: Object.fromEntries(track.steps.map(({ phase }) => [phase, began(phase) + ms])),
  }));
}
