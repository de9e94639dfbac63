import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { HarnessError } from '../../lib/errors.ts';
import { lifeOf, markOf, pidOf } from '../../lib/process-mark.ts';
import type { StepRecord } from '../../model/capacity-step.ts';
import { newRunId, runDirOf, runsDir } from '../paths.ts';
import type { CapacityOptions } from './options.ts';
import { StepsFile } from './steps-file.ts';

/** What a run's folder says of the run, so that it can be gone on with. */
export interface CapacityCommand {
  stackDir: string;
  capacity: Omit<CapacityOptions, 'resume' | 'baseline' | 'iMayLoad'>;
  /** Mark of the process that works on it, or did. */
  process: string;
  startedAt: number;
}

/** A run that is to begin or to go on; nothing of it is written yet. */
export interface Chosen {
  runDir: string;
  /** When it began first, epoch ms. */
  startedAt: number;
  options: CapacityOptions;
  stackDir: string;
}

export interface Begun extends Chosen {
  runId: string;
  stepsFile: StepsFile;
  steps: StepRecord[];
}

/**
 * A new run, or the one to go on with: then its own options count. @throws HarnessError when there
 * is none
 */
export async function chooseRun(options: CapacityOptions, stackDir: string): Promise<Chosen> {
  if (options.resume === undefined)
    return { runDir: runDirOf(newRunId()), startedAt: Date.now(), options, stackDir };
  const runDir = await dirToResume(options.resume);
  const command = await commandOf(runDir);
  if (!command)
    throw new HarnessError(
      `${runDir} is no capacity run`,
      'Name the folder that `npm run capacity` printed.',
    );
  if (command.process !== markOf() && lifeOf(command.process) === 'alive')
    throw new HarnessError(
      `${runDir} is being worked on by process ${pidOf(command.process)}`,
      'Wait until it ends, or interrupt it.',
    );
  const { iMayLoad, baseline } = options;
  return {
    runDir,
    startedAt: command.startedAt,
    stackDir: command.stackDir,
    options: {
      ...command.capacity,
      ...(iMayLoad === undefined ? {} : { iMayLoad }),
      ...(baseline === undefined ? {} : { baseline }),
    },
  };
}

/** Marks the run's folder as being worked on, and reads the steps that are finished. */
export async function begin(chosen: Chosen): Promise<Begun> {
  const { runDir, options, stackDir, startedAt } = chosen;
  await mkdir(join(runDir, 'logs'), { recursive: true });
  // Whether another machine may be loaded is said anew each time.
  const kept = { ...options };
  for (const once of ['resume', 'baseline', 'iMayLoad'] as const)
    Reflect.deleteProperty(kept, once);
  const command: CapacityCommand = { stackDir, capacity: kept, process: markOf(), startedAt };
  await writeFile(join(runDir, 'command.json'), JSON.stringify(command));
  const stepsFile = new StepsFile(runDir);
  return { ...chosen, runId: basename(runDir), stepsFile, steps: await stepsFile.read() };
}

async function dirToResume(resume: string | true): Promise<string> {
  if (resume !== true) {
    for (const dir of [resolve(resume), join(runsDir(), resume)])
      if (await commandOf(dir)) return dir;
    throw new HarnessError(
      `no capacity run in ${resolve(resume)} or ${join(runsDir(), resume)}`,
      'Name the folder that `npm run capacity` printed.',
    );
  }
  const names = (await readdir(runsDir()).catch(() => [])).sort().reverse();
  for (const name of names)
    if (await commandOf(join(runsDir(), name))) return join(runsDir(), name);
  throw new HarnessError(
    `there is no capacity run in ${runsDir()} to go on with`,
    'Begin one: npm run capacity',
  );
}

async function commandOf(runDir: string): Promise<CapacityCommand | undefined> {
  try {
    const command = JSON.parse(
      await readFile(join(runDir, 'command.json'), 'utf8'),
    ) as Partial<CapacityCommand>;
    return command.capacity ? (command as CapacityCommand) : undefined;
  } catch {
    return undefined;
  }
}
