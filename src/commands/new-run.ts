import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { markOf } from '../lib/process-mark.ts';
import { newRunId, runDirOf } from './paths.ts';
import type { RuntimeName } from './runtime.ts';

/** What was asked of a run; `judge` and `down` read it. */
export interface RunCommand {
  /** Absolute. */
  stackDir: string;
  speed: number;
  runtime?: RuntimeName;
  /** Names of the worlds beside the run's own, also of those that are begun later. */
  worlds?: string[];
  /** Set where the stack is kept up. */
  live?: true;
}

/**
 * Makes a run's folder, with what was asked of it and the process that works in it: by that others
 * know whether the run lives, and `down` what a killed one has left.
 * @returns its folder, absolute
 */
export async function newRun(command: RunCommand): Promise<{ runId: string; runDir: string }> {
  const runId = newRunId();
  const runDir = runDirOf(runId);
  await mkdir(runDir, { recursive: true });
  await writeFile(join(runDir, 'command.json'), JSON.stringify({ ...command, process: markOf() }));
  return { runId, runDir };
}
