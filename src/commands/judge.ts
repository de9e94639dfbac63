import { readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { HarnessError } from '../lib/errors.ts';
import { fromExactJson } from '../lib/exact-json.ts';
import type { CheckResult } from '../model/check.ts';
import { EVIDENCE_VERSION } from '../model/evidence.ts';
import type { Evidence } from '../model/evidence.ts';
import { PLAN_VERSION } from '../model/plan.ts';
import type { Plan } from '../model/plan.ts';
import { checkText } from '../report/check/text.ts';
import { reportJson } from '../report/json.ts';
import { reportJunit } from '../report/junit.ts';
import { terminalReport } from '../report/terminal.ts';
import { judge } from '../verdict/index.ts';
import { tellCi } from './ci.ts';
import type { CiOptions } from './ci-options.ts';
import { htmlReportOf } from './html-report.ts';
import type { Output } from './output.ts';
import { PROJECT_DIR, runsDir } from './paths.ts';

/** What `verify` found wrong in the stack's files, in the run's folder: a `CheckResult`. */
export const FILES_CHECKED = 'check.json';

/** Judges a plan's evidence, writes `report.json`, `junit.xml` and `report.html` into the run's folder, prints the report, tells the pipeline, and returns the exit code: 1 too when the files were wrong before anything was started. */
export async function concludeRun(
  plan: Plan,
  evidence: Evidence,
  runDir: string,
  output: Output,
  ci: CiOptions,
  stackDir: string,
): Promise<0 | 1 | 2> {
  const judgement = judge(plan, evidence);
  await Promise.all([
    writeFile(join(runDir, 'report.json'), reportJson(judgement)),
    writeFile(join(runDir, 'junit.xml'), reportJunit(judgement)),
  ]);
  output.print(
    terminalReport(judgement, plan, { color: output.color, width: output.width, runDir }),
  );
  await tellCi(judgement, stackDir, ci, output);
  const files = await readJson<CheckResult>(join(runDir, FILES_CHECKED));
  const wrong = files?.findings ?? [];
  // Last, so that everybody has the verdict even if the page couldn't be written.
  await writeFile(
    join(runDir, 'report.html'),
    await htmlReportOf(plan, evidence, judgement, { stackDir, files: wrong }),
  );
  if (!files || wrong.length === 0) return judgement.exitCode;
  output.print(
    `\n${checkText(files, { color: output.color, width: output.width, dir: relative(process.cwd(), stackDir) || '.' })}`,
  );
  return judgement.exitCode === 0 ? 1 : judgement.exitCode;
}

/**
 * Judges the stored evidence of a run again; nothing is started.
 * @param run the run's folder, or its name under the runs folder
 */
export async function judgeAgain(run: string, output: Output, ci: CiOptions): Promise<0 | 1 | 2> {
  const candidates = [resolve(run), join(runsDir(), run)];
  for (const runDir of candidates) {
    const [plan, evidence] = await Promise.all([
      readJson<Plan>(join(runDir, 'plan.json')),
      readJson<Evidence>(join(runDir, 'evidence.json')),
    ]);
    if (!plan || !evidence) continue;
    requireVersions(runDir, plan, evidence);
    const command = await readJson<{ stackDir?: string }>(join(runDir, 'command.json'));
    return concludeRun(
      plan,
      evidence,
      runDir,
      output,
      ci,
      command?.stackDir ?? join(PROJECT_DIR, 'stack'),
    );
  }
  throw new HarnessError(
    `no run with plan.json and evidence.json in ${candidates.join(' or ')}`,
    'Name the folder that `npm run verify` printed in its last lines.',
  );
}

/** @throws HarnessError when a run was written by a version of the harness that kept something else */
function requireVersions(runDir: string, plan: Plan, evidence: Evidence): void {
  const wrong = [
    { file: 'plan.json', is: plan.schemaVersion, reads: PLAN_VERSION },
    { file: 'evidence.json', is: evidence.schemaVersion, reads: EVIDENCE_VERSION },
  ].filter(({ is, reads }) => is !== reads);
  if (wrong.length === 0) return;
  const texts = wrong.map(
    ({ file, is, reads }) =>
      `${file} has schema version ${String(is)}, and this harness reads ${reads}`,
  );
  throw new HarnessError(
    `${runDir} was written by another version of the harness: ${texts.join('; ')}`,
    "What that version did not record can't be judged now: prove the stack anew (`npm run verify`), or judge the run with the version that wrote it (CHANGELOG.md says which schema versions each has).",
  );
}

async function readJson<T>(path: string): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
  try {
    return fromExactJson<T>(text);
  } catch (cause) {
    throw new HarnessError(
      `${path} is not complete JSON`,
      'The run was cut off while writing it; run again.',
      { cause },
    );
  }
}
