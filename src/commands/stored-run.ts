import { existsSync } from 'node:fs';
import { readFile, readdir, realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { ZodType } from 'zod';
import { HarnessError } from '../lib/errors.ts';
import { fromExactJson } from '../lib/exact-json.ts';
import { EVIDENCE_VERSION } from '../model/evidence.ts';
import type { Evidence } from '../model/evidence.ts';
import { PLAN_VERSION } from '../model/plan.ts';
import type { Plan } from '../model/plan.ts';
import type { RecordedWorld } from '../model/recorded-world.ts';
import type { RunCommand } from './new-run.ts';
import { runsDir } from './paths.ts';
import { ANY_OBJECT, COMMAND_FORM, EVIDENCE_FORM, PLAN_FORM, requireForm } from './stored-forms.ts';
import { WORLDS, isAgain, worldNames } from './world-names.ts';

/** What a run has left. */
export interface StoredRun {
  /** Absolute. */
  runDir: string;
  /** The run's own, and those that ran beside it. */
  worlds: [StoredWorld, ...StoredWorld[]];
}

/** One world of a run, and its folder. */
export interface StoredWorld extends RecordedWorld {
  dir: string;
}

/** What the folder of a proof without a contract has, and that of a verify has not. */
const OF_A_PROOF = 'virtual.json';

/**
 * The plan and the evidence of a run.
 * @param run the run's folder, or its name under the runs folder
 * @throws HarnessError when there is none, it is that of a proof, one of its worlds is missing, or
 * another version of the harness has written it
 */
export async function storedRun(run: string): Promise<StoredRun> {
  const candidates = [resolve(run), join(runsDir(), run)];
  for (const runDir of candidates) {
    if (isOfProof(runDir))
      throw new HarnessError(
        `${runDir} is what \`prove\` has left, which was judged as it ended`,
        'Its result is in report.json and report.html there. Of a run of `verify`, name the folder.',
      );
    const own = await storedWorld(runDir);
    if (!own) continue;
    const command = await readJson<Partial<RunCommand>>(join(runDir, 'command.json'), COMMAND_FORM);
    const names = await worldNames(runDir, command?.worlds ?? []);
    return { runDir, worlds: [own, ...(await Promise.all(names.map((n) => worldOf(runDir, n))))] };
  }
  throw new HarnessError(
    `no run with plan.json and evidence.json in ${candidates.join(' or ')}`,
    'Name the folder that `npm run verify` printed in its last lines.',
  );
}

/**
 * A world beside a run's own.
 * @throws HarnessError when something of it is missing: without it the rest is not the whole run
 */
async function worldOf(runDir: string, name: string): Promise<StoredWorld> {
  const dir = join(runDir, WORLDS, name);
  const world = await storedWorld(dir);
  if (world) return isAgain(name) ? { ...world, isAgain: true } : world;
  const missing = ['plan.json', 'evidence.json'].find((file) => !existsSync(join(dir, file)));
  throw new HarnessError(
    `${runDir} isn't whole: of its world ${name} there is no ${join(dir, missing ?? '')}`,
    'What was proved there would be left out without a word. Bring the whole folder of the run, ' +
      'or prove the stack anew (`npm run verify`).',
  );
}

function isOfProof(dir: string): boolean {
  return existsSync(join(dir, OF_A_PROOF));
}

/** The name of the newest run under the runs folder. @throws HarnessError when there is none */
export async function newestRun(): Promise<string> {
  const names = await readdir(runsDir()).catch(() => []);
  const recorded = names
    .map((name) => ({ name, dir: join(runsDir(), name) }))
    .filter(({ dir }) => existsSync(join(dir, 'evidence.json')) && !isOfProof(dir))
    .map(({ name }) => name);
  const newest = recorded.sort().at(-1);
  if (newest === undefined)
    throw new HarnessError(`there is no run in ${runsDir()}`, 'Make one: npm run verify.');
  return newest;
}

/** What a folder holds; undefined when it is no world that was recorded. */
async function storedWorld(dir: string): Promise<StoredWorld | undefined> {
  const paths = { plan: join(dir, 'plan.json'), evidence: join(dir, 'evidence.json') };
  const [plan, evidence] = await Promise.all([
    readJson<Plan>(paths.plan, ANY_OBJECT),
    readJson<Evidence>(paths.evidence, ANY_OBJECT),
  ]);
  if (!plan || !evidence) return undefined;
  requireVersions(dir, plan, evidence);
  requireForm(paths.plan, plan, PLAN_FORM);
  requireForm(paths.evidence, evidence, EVIDENCE_FORM);
  await requireOwnBlocks(dir, evidence);
  return { dir, plan, evidence };
}

/**
 * A run's folder may be somebody else's, and its blocks are copied.
 * @throws HarnessError when they lie anywhere but in it
 */
async function requireOwnBlocks(dir: string, { blocks }: Evidence): Promise<void> {
  if (blocks === null) return;
  const kept = await realpath(join(dir, blocks)).catch(() => undefined);
  if (kept === undefined || dirname(kept) === (await realpath(dir))) return;
  throw new HarnessError(
    `evidence.json of ${dir} says that Prometheus's blocks are in ${kept}, which is not in it`,
    "A run keeps its blocks in its own folder: whoever made this one changed it. Don't use it.",
  );
}

/**
 * @throws HarnessError when a run was written by a version of the harness that kept something else
 */
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
    "What that version did not record can't be judged now: prove the stack anew (`npm run " +
      'verify`), or judge the run with the version that wrote it (CHANGELOG.md says which ' +
      'schema versions each has).',
  );
}

/**
 * A file of a run; undefined when it isn't there.
 * @param form what it is held against; deeper, its type is the caller's word
 * @throws HarnessError when it was cut off, or hasn't that form
 */
export async function readJson<T>(path: string, form: ZodType): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
  let value: T;
  try {
    value = fromExactJson<T>(text);
  } catch (cause) {
    throw new HarnessError(
      `${path} is not complete JSON`,
      'The run was cut off while writing it; run again.',
      { cause },
    );
  }
  requireForm(path, value, form);
  return value;
}
