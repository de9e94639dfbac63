import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Judgement } from '../../src/model/verdict.ts';
import { PROJECT } from './cases.ts';

/** Longest time a whole verify may take in a test, on a machine that others use too. */
export const VERIFY_MS = 240_000;

/** Starts the command line as a user would. */
export function startCli(args: string[], env: Record<string, string> = {}) {
  return execa(process.execPath, ['--import', 'tsx', join(PROJECT, 'src', 'cli.ts'), ...args], { cwd: PROJECT, reject: false, env: { NO_COLOR: '1', ...env } });
}

/** The run folder that a verify printed. */
export function runDirIn(stdout: string): string {
  return /evidence: (\S+)/.exec(stdout)?.[1] ?? '';
}

/** `report.json` of a finished verify. */
export function reportOf(stdout: string): Judgement {
  return JSON.parse(readFileSync(join(runDirIn(stdout), 'report.json'), 'utf8')) as Judgement;
}
