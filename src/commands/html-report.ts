import { resolve } from 'node:path';
import type { CheckFinding } from '../model/check.ts';
import type { RecordedWorld } from '../model/recorded-world.ts';
import type { Judgement } from '../model/verdict.ts';
import { htmlReport } from '../report/html/index.ts';
import type { HtmlInput, Life } from '../report/html/index.ts';
import { planOf } from '../report/side-by-side.ts';
import { contexts, runContext } from '../verdict/alerts/context.ts';
import { comparisonsOf } from '../verdict/panels/index.ts';
import { OWN_STACK } from './paths.ts';
import { reportAssets } from './report-assets.ts';

/**
 * The page for people: everything that the verdicts were drawn from, with the verdicts.
 * @param worlds the run's own first; at least one
 * @param around the stack's folder, for the command that repeats the run, and what is wrong in its
 * files: in those that what is proved depends on, and in others
 */
export async function htmlReportOf(
  worlds: [RecordedWorld, ...RecordedWorld[]],
  judgement: Judgement,
  around: { stackDir?: string; files?: CheckFinding[]; otherFiles?: CheckFinding[] } = {},
): Promise<string> {
  const { stackDir = OWN_STACK, files = [], otherFiles = [] } = around;
  const [{ plan, evidence }] = worlds;
  return htmlReport({
    ...{ worlds, judgement, files, otherFiles, evidence, plan: planOf(worlds) },
    stackDir: stackDir === OWN_STACK ? null : stackDir,
    editor: editorFor(stackDir),
    lives: worlds.flatMap(livesOf),
    comparisons: comparisonsOf(plan, evidence),
    assets: await reportAssets(),
  });
}

/**
 * `GTV_EDITOR` names an editor that opens files by an address; what isn't the address of a program
 * is none.
 */
function editorFor(stackDir: string, env = process.env): HtmlInput['editor'] {
  const address = env['GTV_EDITOR'] ?? '';
  const isProgram = /^(?!javascript|data|https?)[a-z][\w+.-]*:\/\//i.test(address);
  return isProgram ? { address, root: `${resolve(stackDir)}/` } : undefined;
}

/**
 * The lives as the verdicts read them, so that the page never shows another one than was judged.
 */
function livesOf({ plan, evidence }: RecordedWorld): Life[] {
  if (evidence.t0 === null) return [];
  return contexts(runContext(plan, evidence, evidence.t0)).map(
    ({ track, episodes, notices, began }) => ({
      track,
      episodes,
      notices,
      began: Object.fromEntries(track.steps.map(({ phase }) => [phase, began(phase)])),
    }),
  );
}
