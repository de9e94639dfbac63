import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { HarnessError, messageOf } from '../lib/errors.ts';
import type { InputProblem } from '../lib/errors.ts';
import type { ProofJudgement } from '../model/proof-verdict.ts';
import type { Judgement } from '../model/verdict.ts';
import { annotations, problemAnnotations } from '../report/annotations.ts';
import type { Places } from '../report/annotations.ts';
import { proofAnnotations } from '../report/proof/annotations.ts';
import { proofSummary } from '../report/proof/summary.ts';
import { markdownSummary } from '../report/summary.ts';
import type { CiOptions } from './ci-options.ts';
import type { Output } from './output.ts';

/** Tells the pipeline what a proof without a contract came to. */
export async function tellCiOfProof(
  judgement: ProofJudgement,
  stackDir: string,
  ci: CiOptions,
  output: Output,
): Promise<void> {
  const places = placesOf(stackDir);
  if (ci.annotations) for (const line of proofAnnotations(judgement, places)) output.order(line);
  await writeSummary(proofSummary(judgement, shownPath(places)), ci);
}

/** Tells the pipeline what was judged. */
export async function tellCi(
  judgement: Judgement,
  stackDir: string,
  ci: CiOptions,
  output: Output,
): Promise<void> {
  const places = placesOf(stackDir);
  if (ci.annotations) for (const line of annotations(judgement, places)) output.order(line);
  await writeSummary(markdownSummary(judgement, shownPath(places)), ci);
}

/** The stack's folder from the repository's root; as it is outside of it. */
function shownPath({ rootDir, stackDir }: Places): string {
  const path = relative(rootDir, stackDir);
  return path.startsWith('..') ? stackDir : path;
}

/** Tells the pipeline what is wrong with the stack's files, so that nothing was started. */
export function tellCiOfProblems(
  problems: InputProblem[],
  stackDir: string,
  ci: CiOptions,
  output: Output,
): void {
  if (ci.annotations)
    for (const line of problemAnnotations(problems, placesOf(stackDir))) output.order(line);
}

async function writeSummary(text: string, ci: CiOptions): Promise<void> {
  for (const { path, append } of ci.summary) {
    try {
      await mkdir(dirname(path), { recursive: true });
      await (append ? appendFile(path, text) : writeFile(path, text));
    } catch (cause) {
      throw new HarnessError(
        `the summary can't be written: ${messageOf(cause)}`,
        'Name a file that may be written. The report itself is in the run folder.',
        { cause },
      );
    }
  }
}

/**
 * The repository that the stack is in: the nearest folder with `.git`; else where the command was
 * called.
 */
function placesOf(stackDir: string): Places {
  for (let dir = stackDir; dirname(dir) !== dir; dir = dirname(dir))
    if (existsSync(join(dir, '.git'))) return { stackDir, rootDir: dir };
  return { stackDir, rootDir: process.cwd() };
}
