import type { Command, Help } from 'commander';
import { HarnessError } from '../lib/errors.ts';

/** How help shows a command: as it is called through npm, with the two dashes. */
export const NPM_HELP: Partial<Help> = {
  commandUsage: (command) => {
    const args = command.registeredArguments.map((argument) =>
      argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
    );
    return ['npm run', command.name(), '--', '[options]', ...args].join(' ');
  },
  subcommandTerm: (command) => command.name(),
};

/**
 * `npm run verify --speed 30` hands no option over: npm takes it for one of its own and leaves it in the environment.
 * A run at another speed would be a surprise, so it is refused.
 * @throws HarnessError with how it is written
 */
export function refuseWhatNpmTook(command: Command, env: NodeJS.ProcessEnv = process.env): void {
  const taken = command.options.flatMap(({ long, negate }) => {
    const name = long?.replace(/^--(no-)?/, '');
    if (long === undefined || name === undefined) return [];
    // Of an option with a value npm keeps `true` too, and hands its value over as an argument.
    return env[`npm_config_${name.replaceAll('-', '_')}`] === (negate ? '' : 'true') ? [long] : [];
  });
  if (taken.length === 0) return;
  throw new HarnessError(
    `npm took ${taken.join(' and ')} for ${taken.length === 1 ? 'an option' : 'options'} of its own`,
    `Write two dashes before: npm run ${command.name()} -- ${taken.join(' ')}`,
  );
}
