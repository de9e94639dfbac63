import { resolve } from 'node:path';
import type { Command } from 'commander';
import { maintenance } from '../../maintenance.ts';
import { repeat, runsOption } from '../repeat.ts';
import { killOf } from './kill.ts';
import { killOnce } from './one-kill.ts';
import { killRunSchema } from './record.ts';
import { killsExitCode, killsText } from './tally.ts';

/** `npm run kills`: verifies that are disturbed once, whose outcomes add up in one log. */
export function killsCommand(signal: AbortSignal): Command {
  return maintenance(
    'kills',
    'Runs verify again and again, and at a moment drawn at random ends or stops the harness or one ' +
      'of its components: afterwards nothing of it may be left, what was recorded can be judged, ' +
      'and what happened is told.',
  )
    .addOption(runsOption(6))
    .option('--log <file>', 'a line for each run (JSON); what is in it counts', 'runs/kills.jsonl')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run kills -- --runs 12\n  npm run kills -- --runs 0 (prints what came of ' +
        'it so far)\n\nExit codes: 0 always right, 1 wrong, 2 nothing was run.',
    )
    .action(async (asked: { runs: number; log: string }) => {
      process.exitCode = await kills(asked.runs, resolve(asked.log), signal);
    });
}

async function kills(runs: number, log: string, signal: AbortSignal): Promise<0 | 1 | 2> {
  const next = (before: number) => {
    const kill = killOf(before);
    const name = `${kill.victim}-${kill.signal}`;
    return { name, once: (dir: string) => killOnce(kill, dir, signal) };
  };
  const done = await repeat({ schema: killRunSchema, next }, runs, log, signal);
  process.stdout.write(`${killsText(done)}\n`);
  return killsExitCode(done);
}
