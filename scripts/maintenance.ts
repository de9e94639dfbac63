import { Command } from 'commander';
import { NPM_HELP, refuseWhatNpmTook } from '../src/commands/npm.ts';

/**
 * A command for those who work on the project; `npm run <name>`. Its options and errors are as
 * those of the program itself.
 */
export function maintenance(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .configureHelp(NPM_HELP)
    .showHelpAfterError(`(all options: npm run ${name} -- --help)`)
    .hook('preAction', (_, command) => refuseWhatNpmTook(command));
}
