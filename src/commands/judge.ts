import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { unlessInterrupted } from '../lib/wait.ts';
import type { RecordedWorld } from '../model/recorded-world.ts';
import { checkText } from '../report/check/text.ts';
import { reportJson } from '../report/json.ts';
import { reportJunit } from '../report/junit.ts';
import { planOf } from '../report/side-by-side.ts';
import { terminalReport } from '../report/terminal/index.ts';
import { withFiles } from '../verdict/files.ts';
import { judgeWorlds } from '../verdict/worlds.ts';
import { tellCi } from './ci.ts';
import type { CiOptions } from './ci-options.ts';
import { readFilesChecked } from './files-checked.ts';
import { filesJudged } from './files-judged.ts';
import { htmlReportOf } from './html-report.ts';
import type { Output } from './output.ts';
import { PROJECT_DIR } from './paths.ts';
import { COMMAND_FORM } from './stored-forms.ts';
import { newestRun, readJson, storedRun } from './stored-run.ts';

/**
 * Judges what was recorded, writes `report.json`, `junit.xml` and `report.html` into the run's
 * folder, prints the report, and tells the pipeline. What the check beside the run found wrong in
 * the stack's files is printed under it.
 * @returns the judgement's exit code, what became of the stack's files included
 * @throws the signal's reason when aborted before the verdict is told; without one it is told in
 * any case, also of a run that was interrupted
 */
export async function concludeRun(
  worlds: [RecordedWorld, ...RecordedWorld[]],
  runDir: string,
  output: Output,
  ci: CiOptions,
  { stackDir, verbose, signal }: { stackDir: string; verbose: boolean; signal?: AbortSignal },
): Promise<0 | 1 | 2> {
  const judged = judgeWorlds(worlds);
  const files = await readFilesChecked(runDir);
  const wrong = files.checked?.findings ?? [];
  const { own, others } = filesJudged(wrong, planOf(worlds), judged.selection);
  const judgement = withFiles(judged, { wrong: own.length, unchecked: files.unchecked });
  if (signal) await unlessInterrupted(signal);
  await Promise.all([
    writeFile(join(runDir, 'report.json'), reportJson(judgement)),
    writeFile(join(runDir, 'junit.xml'), reportJunit(judgement)),
  ]);
  output.print(
    terminalReport(judgement, planOf(worlds), {
      color: output.color,
      width: output.width,
      runDir,
      verbose,
    }),
  );
  await tellCi(judgement, stackDir, ci, output);
  // Last, so that everybody has the verdict even if the page couldn't be written.
  await writeFile(
    join(runDir, 'report.html'),
    await htmlReportOf(worlds, judgement, { stackDir, files: own, otherFiles: others }),
  );
  if (!files.checked || wrong.length === 0) return judgement.exitCode;
  const { color, width } = output;
  const dir = relative(process.cwd(), stackDir) || '.';
  output.print(`\n${checkText(files.checked, { color, width, verbose, dir })}`);
  if (own.length === 0)
    output.print(
      'This is in files that what was proved has no part in: it is no failure of this run.',
    );
  return judgement.exitCode;
}

/**
 * Judges the stored evidence of a run again; nothing is started.
 * @param run the run's folder, or its name under the runs folder; undefined: the newest
 * @throws the signal's reason when aborted before the verdict is told
 */
export async function judgeAgain(
  run: string | undefined,
  output: Output,
  ci: CiOptions,
  verbose: boolean,
  signal: AbortSignal,
): Promise<0 | 1 | 2> {
  const { runDir, worlds } = await storedRun(run ?? (await newestRun()));
  const command = await readJson<{ stackDir?: string }>(join(runDir, 'command.json'), COMMAND_FORM);
  const stackDir = command?.stackDir ?? join(PROJECT_DIR, 'stack');
  return concludeRun(worlds, runDir, output, ci, { stackDir, verbose, signal });
}
