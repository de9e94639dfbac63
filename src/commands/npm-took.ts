import type { Command } from 'commander';
import { HarnessError } from '../lib/errors.ts';

/**
 * `npm run verify --plan` hands over nothing: npm takes the option for one of its own and leaves it in the environment.
 * A whole run instead of a plan would be a surprise, so it is refused.
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
  throw new HarnessError(`npm took ${taken.join(' and ')} for ${taken.length === 1 ? 'an option' : 'options'} of its own`, `Write two dashes before: npm run ${command.name()} -- ${taken.join(' ')}`);
}
