import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { maintenance } from '../../maintenance.ts';
import { repeat, runsOption } from '../repeat.ts';
import { DISTURBANCES, USUAL } from './disturbances.ts';
import { drawOf } from './draw.ts';
import { killOnce } from './one-kill.ts';
import { killRunSchema } from './record.ts';
import { killsExitCode, killsText } from './tally.ts';

interface Asked {
  runs: number;
  kill: string[];
  log: string;
}

/** `npm run kills`: verifies that are disturbed once, whose outcomes add up in one log. */
export function killsCommand(signal: AbortSignal): Command {
  const meanings = Object.entries(DISTURBANCES).map(
    ([name, { meaning, byNameOnly }]) =>
      `  ${name}: ${meaning}${byNameOnly ? ' (only when it is named)' : ''}`,
  );
  return maintenance(
    'kills',
    'Runs verify again and again, and disturbs each once: at a moment drawn at random ends or stops ' +
      'the harness or a component, fills its disk, damages its cache, takes its ports, steps the ' +
      'clock. Afterwards nothing of it may be left, what was recorded can be judged, and what ' +
      'happened is told.',
  )
    .addOption(runsOption(USUAL.length))
    .addOption(
      new Option('--kill <name>', 'only this one; several times for several')
        .argParser(killNamed)
        .default([], 'each in turn'),
    )
    .option('--log <file>', 'a line for each run (JSON); what is in it counts', 'runs/kills.jsonl')
    .addHelpText(
      'after',
      `\nKills:\n${meanings.join('\n')}\n\nExamples:\n  npm run kills -- --runs 12\n  npm run ` +
        `kills -- --runs 2 --kill "disk fills"\n  npm run kills -- --runs 0 (prints what came of ` +
        `it so far)\n\nExit codes: 0 always right, 1 wrong, 2 nobody was hit.`,
    )
    .action(async (asked: Asked) => {
      process.exitCode = await kills(asked, signal);
    });
}

function killNamed(name: string, all: string[]): string[] {
  if (DISTURBANCES[name]) return [...all, name];
  throw new InvalidArgumentError(`Expected one of ${Object.keys(DISTURBANCES).join(', ')}.`);
}

async function kills({ runs, kill, log }: Asked, signal: AbortSignal): Promise<0 | 1 | 2> {
  const names = kill.length > 0 ? kill : USUAL;
  const next = (before: number) => {
    const name = names[before % names.length] ?? '';
    const disturbance = DISTURBANCES[name];
    if (!disturbance) throw new Error(`no kill ${name}`);
    const draw = drawOf(before);
    return {
      name: name.replaceAll(' ', '-'),
      once: (dir: string) => killOnce({ name, disturbance }, { dir, draw, signal }),
    };
  };
  const done = await repeat({ schema: killRunSchema, next }, runs, resolve(log), signal);
  process.stdout.write(`${killsText(done)}\n`);
  return killsExitCode(done);
}
