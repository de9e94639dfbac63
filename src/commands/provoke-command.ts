import type { Command } from 'commander';
import { terminalOutput } from './output.ts';

/** `provoke [ALERTS]`: alerts that are made to happen in a stack that is up. */
export function addProvokeCommand(program: Command, signal: AbortSignal): void {
  program
    .command('provoke')
    .description('make alerts happen in a stack that is up; without a name, tell which there are')
    .argument('[alerts...]', 'HighErrorRate, ServiceDown/redis, …')
    .option('--stop', 'take back what was provoked')
    .addHelpText('after', EXAMPLES)
    .action(async (alerts: string[], { stop = false }: { stop?: boolean }) => {
      const { provoke } = await import('./provoke.ts');
      process.exitCode = await provoke(alerts, stop, terminalOutput(false), signal);
    });
}

const EXAMPLES = `
Examples:
  npm run provoke -- HighErrorRate
  npm run provoke -- ServiceDown/redis
  npm run provoke -- --stop`;
