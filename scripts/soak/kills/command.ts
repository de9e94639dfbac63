import { mkdir, mkdtemp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import { parseCount } from '../../../src/commands/arguments.ts';
import { runsDir } from '../../../src/commands/paths.ts';
import { maintenance } from '../../maintenance.ts';
import { addToLog, readLog } from '../log.ts';
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
    .addOption(new Option('--runs <n>', 'so many more').argParser(parseCount(0, 1_000)).default(6))
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
  const done = await readLog(log, killRunSchema);
  await mkdir(join(runsDir(), 'soak'), { recursive: true });
  for (let n = 0; n < runs && !signal.aborted; n++) {
    const kill = killOf(done.length);
    const dir = await mkdtemp(join(runsDir(), 'soak', `${kill.victim}-${kill.signal}-`));
    const run = await killOnce(kill, dir, signal);
    done.push(run);
    await addToLog(log, run);
    process.stderr.write(
      `${n + 1}/${runs} ${kill.signal} to the ${kill.victim}: ${run.outcome}, ` +
        `${run.seconds.toFixed(0)} s\n`,
    );
  }
  process.stdout.write(`${killsText(done)}\n`);
  return killsExitCode(done);
}
