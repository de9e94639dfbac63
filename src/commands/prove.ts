import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { HarnessError, InputError } from '../lib/errors.ts';
import { readExposition } from '../lib/exposition.ts';
import { createProgress } from '../lib/progress.ts';
import type { ProofJudgement } from '../model/proof-verdict.ts';
import type { Solution } from '../model/recipe.ts';
import { checkHost, defaultCacheDir, ensureCache } from '../programs/index.ts';
import { executeProof } from '../proof-run/index.ts';
import type { ProofRunOptions } from '../proof-run/index.ts';
import { judgeProof } from '../prove/judge/index.ts';
import { heldAgainst } from '../prove/judge/promises.ts';
import { inputErrorText } from '../report/input-errors.ts';
import { proofJson } from '../report/proof/json.ts';
import { proofPage } from '../report/proof/page.ts';
import { proofText } from '../report/proof/text.ts';
import { problemOf } from '../solve/index.ts';
import type { Problem, SolveRule } from '../solve/index.ts';
import { isPartialContract, readPartialContract } from '../spec/partial.ts';
import { readStack } from '../stack/index.ts';
import type { Stack } from '../stack/index.ts';
import { readFolder } from '../stack/folder.ts';
import type { SavedMetrics } from '../prove/plan/saved.ts';
import { savedMetrics } from './check/saved-metrics.ts';
import { tellCiOfProblems, tellCiOfProof } from './ci.ts';
import type { CiOptions } from './ci-options.ts';
import { removeLeftovers } from './down.ts';
import { keptIn } from './kept-in.ts';
import { newRun } from './new-run.ts';
import { mustHoldAlerts } from './no-alerts.ts';
import type { Output } from './output.ts';
import { planProof } from './plan-proof.ts';
import { askedComponents, toldAtRest } from './real-components.ts';
import { onlyWhatIsTaken } from './refused-files.ts';
import { LET_IT_BE_READ, ofWhatWasRead, refusedIn } from './refused-by-system.ts';
import { runsDir } from './paths.ts';
import { reportAssets } from './report-assets.ts';
import { solveStack } from './solve-stack.ts';
import { checkMountable, checkSpace } from './space.ts';

export interface ProveOptions {
  /** The stack's folder. */
  dir: string;
  /** How long the live part may take, starting and stopping included, ms. */
  withinMs: number;
  /** Instead of the speed that fits. */
  speed?: number;
  /** Names of alerts; all by default. */
  only?: string[];
  /** Saved /metrics texts, as `JOB=FILE`. */
  metrics?: string[];
  format: 'text' | 'json';
  ci: CiOptions;
}

/**
 * Whether `verify` proves a stack on synthetic targets: it has no contract, or one that says
 * nothing of what runs behind them.
 */
export async function isWithoutComponents(dir: string): Promise<boolean> {
  if (!existsSync(join(dir, 'contract.yaml'))) return true;
  return isPartialContract(readStack(await readFolder(resolve(dir))));
}

type Progress = ReturnType<typeof createProgress>;

/** Starting, and collecting what was seen, ms. */
const BESIDE_MS = 25_000;

/**
 * Proves the alerts of a stack for which nobody wrote a contract.
 * @returns the exit code: 0 all proved, 1 something failed, 2 couldn't judge
 * @throws HarnessError when there is nothing to prove, or the programs can't be had
 */
export async function prove(
  options: ProveOptions,
  output: Output,
  signal: AbortSignal,
): Promise<0 | 1 | 2> {
  const dir = resolve(options.dir);
  const progress = createProgress({ stream: output.stream, quiet: output.quiet });
  try {
    const { judgement, runDir } = await proven({ ...options, dir }, progress, signal);
    progress.stop();
    return await conclude(judgement, runDir, { ...options, dir }, output);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    output.error(inputErrorText(error.problems, dir, { color: output.color }));
    tellCiOfProblems(error.problems, dir, options.ci, output);
    return 2;
  } finally {
    progress.stop();
  }
}

/**
 * @throws InputError for what is wrong in the contract, or refused in a file, before anything is
 * started
 */
async function proven(
  { dir, ...options }: ProveOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<{ judgement: ProofJudgement; runDir: string }> {
  const given = await savedMetrics(options.metrics ?? []);
  const folder = await readFolder(dir);
  const files = readStack(folder, { metrics: given });
  const refused = refusedIn(folder);
  const hasAlerts = files.rules.some(({ kind }) => kind === 'alert');
  if (!hasAlerts && refused !== undefined)
    throw new HarnessError(`no alert of ${dir} could be read: ${refused}`, LET_IT_BE_READ);
  onlyWhatIsTaken(files);
  mustHoldAlerts(files, dir, 'prove');
  const contract = isPartialContract(files) ? readPartialContract(files) : undefined;
  const components = askedComponents(contract);
  checkMountable(runsDir());
  await checkHost();
  await checkSpace(runsDir());
  await removeLeftovers();
  const say = (line: string): void => progress.line(line);
  const programs = await ensureCache({ cacheDir: defaultCacheDir(), onProgress: say, signal });
  const promtool = join(programs.usr, 'bin', 'promtool');
  if (components.length > 0) progress.phase('looking at what the real components tell');
  const told = await toldAtRest(components, files, { programs, signal });
  const texts = new Map([...given, ...told]);
  const stack = told.size === 0 ? files : readStack(folder, { metrics: texts });
  progress.phase('solving the alerts');
  const solution = await solved(
    chosen(problemOf(stack), options.only ?? []),
    promtool,
    signal,
    progress,
  );
  progress.phase('the whole world in virtual time');
  const { plan, outcomes } = await planProof(stack, solution, promtool, signal, {
    stackName: basename(dir),
    withinMs: Math.max(10_000, options.withinMs - BESIDE_MS),
    saved: savedOf(texts, stack),
    components,
    ...(options.speed === undefined ? {} : { speed: options.speed }),
  });
  const { runDir } = await newRun({ stackDir: dir, speed: plan.speed, runtime: 'native' });
  await writeFile(join(runDir, 'solution.json'), JSON.stringify(solution));
  await writeFile(join(runDir, 'virtual.json'), JSON.stringify(outcomes));
  const onEvent: ProofRunOptions['onEvent'] = (event) => {
    if (event.type === 'phase') progress.phase(event.text);
    else progress.update({ phase: 'proving', ...event });
  };
  const evidence = await keptIn(runDir, signal, () =>
    executeProof(plan, { runDir, programs, signal, onEvent }),
  );
  const alone = judgeProof(plan, solution, evidence, outcomes);
  const judgement = contract ? heldAgainst(contract, stack.rules, alone) : alone;
  return { runDir, judgement: ofWhatWasRead(judgement, refused) };
}

/** @throws HarnessError for a job that the stack doesn't have */
function savedOf(texts: Map<string, string>, { prometheus }: Stack): SavedMetrics {
  const jobs = new Set(prometheus.flatMap((one) => one.jobs.map(({ name }) => name)));
  const unknown = [...texts.keys()].filter((job) => !jobs.has(job));
  if (unknown.length > 0)
    throw new HarnessError(
      `no scrape job is called ${unknown.join(', ')}`,
      `--metrics takes JOB=FILE; the jobs are ${[...jobs].join(', ') || 'none'}.`,
    );
  return new Map([...texts].map(([job, text]) => [job, readExposition(text)]));
}

async function solved(
  problem: Problem,
  promtool: string,
  signal: AbortSignal,
  progress: Progress,
): Promise<Solution> {
  return solveStack(problem, promtool, signal, (done, of) =>
    progress.update({
      phase: 'solving the alerts',
      doneMs: 0,
      totalMs: 0,
      waitingFor: `${done} of ${of}`,
    }),
  );
}

/**
 * The problem of these alerts alone; of all without a name. @throws HarnessError for a name that no
 * alert has
 */
function chosen(problem: Problem, names: string[]): Problem {
  if (names.length === 0) return problem;
  const wanted = new Set(names.map((name) => name.replace(/^alert\//, '')));
  const isWanted = ({ kind, ref }: SolveRule): boolean => kind === 'alert' && wanted.has(ref.name);
  const found = new Set(problem.rules.filter(isWanted).map(({ ref }) => ref.name));
  const unknown = [...wanted].filter((name) => !found.has(name));
  if (unknown.length > 0)
    throw new HarnessError(`no alert is called ${unknown.join(', ')}`, 'Name alerts of the stack.');
  return {
    ...problem,
    rules: problem.rules.filter((rule) => rule.kind === 'record' || isWanted(rule)),
  };
}

async function conclude(
  judgement: ProofJudgement,
  runDir: string,
  { format, dir, ci }: ProveOptions,
  output: Output,
): Promise<0 | 1 | 2> {
  const json = proofJson(judgement);
  await writeFile(join(runDir, 'report.json'), json);
  const page = proofPage(judgement, basename(runDir), await reportAssets());
  await writeFile(join(runDir, 'report.html'), page);
  output.print(
    format === 'json'
      ? json
      : proofText(judgement, { color: output.color, width: output.width, runDir }),
  );
  // Standard output is one object then.
  const told = format === 'json' ? { ...ci, annotations: false } : ci;
  await tellCiOfProof(judgement, dir, told, output);
  return judgement.exitCode;
}
