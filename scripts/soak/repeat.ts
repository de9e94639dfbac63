import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { Option } from 'commander';
import type { z } from 'zod';
import { parseCount } from '../../src/commands/arguments.ts';
import { runsDir } from '../../src/commands/paths.ts';
import { addToLog, readLog } from './log.ts';

/** A run of verify that is done again and again, each time a little otherwise. */
export interface Repeated<Run extends { outcome: string; seconds: number }> {
  /** What a line of the log is held against. */
  schema: z.ZodType<Run>;
  /** What the next run is, by how many there were: its name, as a part of a folder's, and how. */
  next: (before: number) => {
    name: string;
    /** @param dir an empty folder of the run's own */
    once: (dir: string) => Promise<Run>;
  };
}

/** How many runs are added to a log. */
export function runsOption(usual: number): Option {
  return new Option('--runs <n>', 'so many more').argParser(parseCount(0, 1_000)).default(usual);
}

/**
 * Does so many runs more, one after the other, and writes down what came of each as it ends.
 * @param log absolute path, a line of JSON for each run
 * @returns all runs of the log
 */
export async function repeat<Run extends { outcome: string; seconds: number }>(
  { schema, next }: Repeated<Run>,
  runs: number,
  log: string,
  signal: AbortSignal,
): Promise<Run[]> {
  const done = await readLog(log, schema);
  const parent = join(runsDir(), 'soak');
  await mkdir(parent, { recursive: true });
  for (let n = 0; n < runs && !signal.aborted; n++) {
    const { name, once } = next(done.length);
    const run = await once(await mkdtemp(join(parent, `${name}-`)));
    done.push(run);
    await addToLog(log, run);
    process.stderr.write(`${n + 1}/${runs} ${name}: ${run.outcome}, ${run.seconds.toFixed(0)} s\n`);
  }
  return done;
}
