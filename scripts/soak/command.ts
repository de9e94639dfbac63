import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { allCases, changedStack, findingsOfCases } from '../../test/support/cases.ts';
import { maintenance } from '../maintenance.ts';
import { soakOnce } from './one-run.ts';
import type { SoakTask } from './one-run.ts';
import { soakRunSchema } from './record.ts';
import { repeat, runsOption } from './repeat.ts';
import { STRAINS } from './strains.ts';
import { exitCodeOf, tallyText } from './tally.ts';

/** Every so many runs a fault is planted. */
const PLANT_EVERY = 10;

interface Asked {
  runs: number;
  strain: string[];
  log: string;
}

/** `npm run soak`: verifies under strain, whose figures add up in one log. */
export function soakCommand(signal: AbortSignal): Command {
  const meanings = Object.entries(STRAINS).map(([name, { meaning }]) => `  ${name}: ${meaning}`);
  return maintenance(
    'soak',
    'Runs verify again and again under changing strain, every tenth time with a fault ' +
      'planted, and adds what came of it to a log: never may it blame what is whole, nor miss ' +
      'what is broken.',
  )
    .addOption(runsOption(10))
    .addOption(
      new Option('--strain <name>', 'only this one; several times for several')
        .argParser(strainNamed)
        .default([], 'each in turn'),
    )
    .option('--log <file>', 'a line for each run (JSON); what is in it counts', 'runs/soak.jsonl')
    .addHelpText(
      'after',
      `\nStrains:\n${meanings.join('\n')}\n\nExamples:\n  npm run soak -- --runs 30\n  npm run ` +
        `soak -- --runs 5 --strain all-cores\n  npm run soak -- --runs 0 (prints what came of it ` +
        `so far)\n\nExit codes: 0 never wrong, 1 wrong, 2 too often not judged.`,
    )
    .action(async (asked: Asked) => {
      process.exitCode = await soak(asked, signal);
    });
}

function strainNamed(name: string, all: string[]): string[] {
  if (STRAINS[name]) return [...all, name];
  throw new InvalidArgumentError(`Expected one of ${Object.keys(STRAINS).join(', ')}.`);
}

async function soak({ runs, strain, log }: Asked, signal: AbortSignal): Promise<0 | 1 | 2> {
  const names = strain.length > 0 ? strain : Object.keys(STRAINS);
  const next = (before: number) => {
    const task = taskOf(before, names);
    const bearing = STRAINS[task.strain];
    if (!bearing) throw new Error(`no strain ${task.strain}`);
    return { name: task.strain, once: (dir: string) => soakOnce(task, bearing, dir, signal) };
  };
  const done = await repeat({ schema: soakRunSchema, next }, runs, resolve(log), signal);
  process.stdout.write(`${tallyText(done)}\n`);
  return exitCodeOf(done);
}

/** Strains and faults in turn, by how many runs there were. */
function taskOf(before: number, strains: string[]): SoakTask {
  const strain = strains[before % strains.length] ?? 'none';
  if (before % PLANT_EVERY !== PLANT_EVERY - 1) return { strain, planted: null };
  const cases = Object.values(allCases()).flat();
  const one = cases[Math.floor(before / PLANT_EVERY) % cases.length];
  if (!one) return { strain, planted: null };
  const planted = {
    name: one.name,
    stack: changedStack(one.changes),
    findings: findingsOfCases([one]),
  };
  return { strain, planted };
}
