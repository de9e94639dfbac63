import type { Command } from 'commander';
import { terminalOutput } from './output.ts';

interface Asked {
  verify?: boolean;
  fresh?: boolean;
  quiet?: boolean;
}

/** `fetch`: the programs of the native runtime. */
export function addFetchCommand(program: Command, stop: AbortSignal): void {
  program
    .command('fetch')
    .description('fetch the programs of the native runtime into the cache, and check them')
    .option('--verify', 'check every file against its recorded checksum')
    .option('--fresh', 'throw the cache away and build it anew')
    .option('--quiet', 'no progress')
    .addHelpText('after', '\nExamples:\n  npm run fetch\n  npm run fetch -- --verify')
    .action(async ({ verify = false, fresh = false, quiet = false }: Asked) => {
      const { fetchPrograms } = await import('./fetch.ts');
      const output = terminalOutput(quiet);
      process.exitCode = await fetchPrograms({ verify, fresh, signal: stop }, output);
    });
}
