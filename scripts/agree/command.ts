import { resolve } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import { parseCount } from '../../src/commands/arguments.ts';
import { maintenance } from '../maintenance.ts';
import { addToLog, readLog } from '../soak/log.ts';
import { judgedIn } from './judged.ts';
import { judgedLive } from './live.ts';
import { agreementSchema, agrees, tally } from './record.ts';
import { drawn, worldsOf } from './worlds.ts';

interface Asked {
  mutants: number;
  seed: number;
  run?: string;
  worlds?: number;
  log: string;
}

/** `npm run agree`: whether live runs say of mutants what evidence said of them. */
export function agreeCommand(signal: AbortSignal): Command {
  return maintenance(
    'agree',
    'Draws mutants across all kinds from what `mutate --format json` printed, makes each mistake ' +
      'in a copy of the stack, runs verify on it, and says whether it notices what evidence ' +
      'noticed. Mistakes that do not touch each other share a run.',
  )
    .argument('<json>', 'what `npm run mutate -- --format json` printed')
    .addOption(new Option('--mutants <n>', 'so many').argParser(parseCount(0, 1_000)).default(50))
    .addOption(new Option('--seed <n>', 'drawn by').argParser(parseCount(0, 1e9)).default(1))
    .option('--run <run>', 'the run by which services were judged: draws of these too')
    .addOption(
      new Option(
        '--worlds <n>',
        'of these only so many worlds now; the next call goes on',
      ).argParser(parseCount(1, 1_000)),
    )
    .option(
      '--log <file>',
      'a line for each mutant (JSON); what is in it counts',
      'runs/agree.jsonl',
    )
    .addHelpText('after', '\nExit codes: 0 all agree, 1 one does not, 2 none could be judged.')
    .action(async (json: string, asked: Asked) => {
      process.exitCode = await agree(json, asked, signal);
    });
}

async function agree(json: string, asked: Asked, signal: AbortSignal): Promise<0 | 1 | 2> {
  const log = resolve(asked.log);
  const done = await readLog(log, agreementSchema);
  const known = new Set(done.map(({ id }) => id));
  const wanted = drawn(await judgedIn(json, asked.run), asked.mutants, asked.seed);
  const worlds = worldsOf(wanted.filter(({ mutant }) => !known.has(mutant.id)));
  for (const world of worlds.slice(0, asked.worlds)) {
    if (signal.aborted) break;
    for await (const one of judgedLive(world, signal)) {
      done.push(one);
      await addToLog(log, one);
      process.stderr.write(`${one.subject} [${one.operator}]: ${one.noticed ?? 'unnoticed'}\n`);
    }
  }
  process.stdout.write(`${tally(done)}\n`);
  const verdicts = done.map(agrees);
  return verdicts.includes(false) ? 1 : verdicts.includes(true) ? 0 : 2;
}
