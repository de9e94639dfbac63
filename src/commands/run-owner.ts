import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { objectIn } from '../lib/json-line.ts';

/** What a run's folder says of who works on it. */
export interface RunOwner {
  /** Whether it keeps a stack up. */
  live: boolean;
  /** Mark of the harness's process; empty while it is just being written, or where none stands. */
  process: string;
}

/** What is in `command.json`; undefined where there is none. */
export async function runOwnerOf(runDir: string): Promise<RunOwner | undefined> {
  const text = await readFile(join(runDir, 'command.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { live, process } = (objectIn(text) ?? {}) as Record<string, unknown>;
  return { live: live === true, process: typeof process === 'string' ? process : '' };
}
