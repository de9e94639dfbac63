import { tmpdir } from 'node:os';
import { CommanderError } from 'commander';
import type { Command } from 'commander';
import { HarnessError, messageOf } from '../lib/errors.ts';
import { withoutOrders } from '../lib/terminal-safe.ts';
import { unwritable } from '../lib/unwritable.ts';
import { endOnFault } from './harness-fault.ts';
import { asCalled } from './npm.ts';
import { runsDir } from './paths.ts';
import { keepStreams } from './standard-streams.ts';

/**
 * Runs what the command line asks for. Whatever goes wrong is told in words, and the exit code is
 * 2.
 * @param program its action sets the process's exit code
 * @param stop what its actions listen to; undefined: to nothing
 */
export async function runProgram(program: Command, stop?: AbortController): Promise<void> {
  keepStreams();
  endOnFault(stop);
  for (const command of [program, ...program.commands]) command.exitOverride();
  try {
    await program.parseAsync();
  } catch (error) {
    // Commander has printed its own message; of --help and --version the exit code is 0.
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    process.exitCode = 2;
    process.stderr.write(`${await shown(withoutOrders(asCalled(await toldOf(error))))}\n`);
  }
}

/** What happened, and what to do about it, where that is known. */
async function toldOf(error: unknown): Promise<string> {
  if (error instanceof HarnessError) return `${error.message}\n${error.advice}`;
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') {
    const told = await unwritable(error);
    return told === undefined
      ? messageOf(error)
      : `${told}\nName a folder that may be written: runs are kept in ${runsDir()} unless GTV_RUNS ` +
          'names another one.';
  }
  return (
    `no space is left on a disk: ${messageOf(error)}\n` +
    `Make room where runs are kept (${runsDir()}) or temporary files (${tmpdir()}), or name ` +
    'folders on a larger disk in GTV_RUNS and TMPDIR.'
  );
}

/** For a person, lines end where words do; who reads it otherwise has each sentence in one line. */
async function shown(text: string): Promise<string> {
  const { isTTY, columns } = process.stderr;
  if (!isTTY) return text;
  // A command that goes well doesn't need it.
  const { proseWidth, wrap } = await import('../report/text.ts');
  return wrap(text, proseWidth(columns), false).join('\n');
}
