import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { HarnessError } from '../lib/errors.ts';
import { fromExactJson } from '../lib/exact-json.ts';
import { EVIDENCE_VERSION } from '../model/evidence.ts';
import type { Evidence } from '../model/evidence.ts';
import { PLAN_VERSION } from '../model/plan.ts';
import type { Plan } from '../model/plan.ts';
import { runsDir } from './paths.ts';

/** What a run has left. */
export interface StoredRun {
  runDir: string;
  plan: Plan;
  evidence: Evidence;
}

/**
 * The plan and the evidence of a run.
 * @param run the run's folder, or its name under the runs folder
 * @throws HarnessError when there is none, or another version of the harness has written it
 */
export async function storedRun(run: string): Promise<StoredRun> {
  const candidates = [resolve(run), join(runsDir(), run)];
  for (const runDir of candidates) {
    const [plan, evidence] = await Promise.all([
      readJson<Plan>(join(runDir, 'plan.json')),
      readJson<Evidence>(join(runDir, 'evidence.json')),
    ]);
    if (!plan || !evidence) continue;
    requireVersions(runDir, plan, evidence);
    return { runDir, plan, evidence };
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

/** A file of a run; undefined when it isn't there. @throws HarnessError when it was cut off */
export async function readJson<T>(path: string): Promise<T | undefined> {
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
