import type { Command } from 'commander';
import { terminalOutput } from './output.ts';

/** `replay RUN`: the states of the run's rules again, from the blocks that are kept. */
export function addReplayCommand(program: Command, stop: AbortSignal): void {
  program
    .command('replay')
    .description(
      "replay the rules of a run over the blocks it kept; says where a state isn't the recorded one",
    )
    .argument('<run>', "the run's folder, or its name under runs/")
    .addHelpText('after', '\nExample:\n  npm run replay -- runs/20300101-120000-ab12')
    .action(async (run: string) => {
      const { replayRun } = await import('./replay.ts');
      process.exitCode = await replayRun(run, terminalOutput(false), stop);
    });
}
