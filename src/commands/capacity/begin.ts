import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { HarnessError } from '../../lib/errors.ts';
import { isAlive } from '../../lib/processes.ts';
import type { StepRecord } from '../../model/capacity.ts';
import { newRunId, runDirOf, runsDir } from '../paths.ts';
import type { CapacityOptions } from './options.ts';
import { StepsFile } from './steps-file.ts';

/** What a run's folder says of the run, so that it can be gone on with. */
export interface CapacityCommand {
  stackDir: string;
  capacity: Omit<CapacityOptions, 'resume' | 'baseline' | 'iMayLoad'>;
  pid: number;
  startedAt: number;
}

export interface Begun {
  runId: string;
  runDir: string;
  startedAt: number;
  stepsFile: StepsFile;
  steps: StepRecord[];
  options: CapacityOptions;
  stackDir: string;
}

/** Begins a run, or goes on with one: then its own options count, and its finished steps. @throws HarnessError when there is none */
export async function begin(options: CapacityOptions, stackDir: string): Promise<Begun> {
  if (options.resume === undefined) {
    const runId = newRunId();
    return started(runDirOf(runId), options, stackDir, Date.now());
  }
  const runDir = await dirToResume(options.resume);
  const command = await commandOf(runDir);
  if (!command) throw new HarnessError(`${runDir} is no capacity run`, 'Name the folder that `npm run capacity` printed.');
  if (command.pid !== process.pid && isAlive(command.pid)) throw new HarnessError(`${runDir} is being worked on by process ${command.pid}`, 'Wait until it ends, or interrupt it.');
  const { iMayLoad, baseline } = options;
  return started(runDir, { ...command.capacity, ...(iMayLoad === undefined ? {} : { iMayLoad }), ...(baseline === undefined ? {} : { baseline }) }, command.stackDir, command.startedAt);
}

async function started(runDir: string, options: CapacityOptions, stackDir: string, startedAt: number): Promise<Begun> {
  await mkdir(join(runDir, 'logs'), { recursive: true });
  // Whether another machine may be loaded is said anew each time.
  const kept = { ...options };
  for (const once of ['resume', 'baseline', 'iMayLoad'] as const) Reflect.deleteProperty(kept, once);
  const command: CapacityCommand = { stackDir, capacity: kept, pid: process.pid, startedAt };
  await writeFile(join(runDir, 'command.json'), JSON.stringify(command));
  const stepsFile = new StepsFile(runDir);
  return { runId: basename(runDir), runDir, startedAt, stepsFile, steps: await stepsFile.read(), options, stackDir };
}

async function dirToResume(resume: string | true): Promise<string> {
  if (resume !== true) {
    for (const dir of [resolve(resume), join(runsDir(), resume)]) if (await commandOf(dir)) return dir;
    throw new HarnessError(`no capacity run in ${resolve(resume)} or ${join(runsDir(), resume)}`, 'Name the folder that `npm run capacity` printed.');
  }
  const names = (await readdir(runsDir()).catch(() => [])).sort().reverse();
  for (const name of names) if (await commandOf(join(runsDir(), name))) return join(runsDir(), name);
  throw new HarnessError(`there is no capacity run in ${runsDir()} to go on with`, 'Begin one: npm run capacity');
}

async function commandOf(runDir: string): Promise<CapacityCommand | undefined> {
  try {
    const command = JSON.parse(await readFile(join(runDir, 'command.json'), 'utf8')) as Partial<CapacityCommand>;
    return command.capacity ? (command as CapacityCommand) : undefined;
  } catch {
    return undefined;
  }
}
