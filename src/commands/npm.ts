import { resolve, sep } from 'node:path';
import type { Command, Help, OutputConfiguration } from 'commander';
import { HarnessError, messageOf } from '../lib/errors.ts';
import { PROJECT_DIR } from './paths.ts';

/** Whether this is an installed package, and no checkout. */
const IS_PACKAGE = PROJECT_DIR.split(sep).includes('node_modules');

/**
 * A text that names commands as they are called through npm, as whoever reads it has to type them:
 * `npm run verify -- --plan` is `gtv verify --plan` where the package is installed.
 */
export function asCalled(text: string, isPackage = IS_PACKAGE): string {
  return isPackage
    ? text.replace(/\bnpm run (?:-s )?([a-z][a-z-]*|<command>)(?: --(?= ))?/g, 'gtv $1')
    : text;
}

/** Where commander writes its help and its complaints. */
export const NPM_OUTPUT: OutputConfiguration = {
  writeOut: (text) => void process.stdout.write(asCalled(text)),
  writeErr: (text) => void process.stderr.write(asCalled(text)),
};

/** How help shows a command: as it is called through npm, with the two dashes. */
export const NPM_HELP: Partial<Help> = {
  // Narrow terminals break lines between words, too.
  minWidthToWrap: 20,
  commandUsage: (command) => {
    const args = command.registeredArguments.map((argument) =>
      argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
    );
    return ['npm run', command.name(), '--', '[options]', ...args].join(' ');
  },
  subcommandTerm: (command) => command.name(),
};

/**
 * npm starts a script in the package's folder: a path that somebody names is meant from where they
 * are.
 * @throws HarnessError when one can't go there
 */
export function workWhereCalled(env: NodeJS.ProcessEnv = process.env): void {
  const from = env['INIT_CWD'];
  if (from === undefined || process.cwd() !== resolve(PROJECT_DIR)) return;
  try {
    process.chdir(from);
  } catch (error) {
    throw new HarnessError(
      `the folder from which npm was called can't be entered: ${messageOf(error)}`,
      'npm names it in INIT_CWD: call it from a folder that is there and may be read.',
    );
  }
}

/**
 * `npm run verify --speed 30` hands no option over: npm takes it for one of its own and leaves it
 * in the environment. A run at another speed would be a surprise, so it is refused.
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

/**
 * What npm makes of the exit code of a command that Ctrl-C ended: its own, which a shell shows.
 * Empty where npm isn't there.
 * @param signal that ended the command; undefined: none did
 */
export function codeOfNpm(
  signal: string | undefined,
  env: NodeJS.ProcessEnv = process.env,
): string {
  const isByNpm = env['npm_lifecycle_event'] !== undefined;
  return isByNpm && signal === 'SIGINT'
    ? `npm ends with 130 when it is interrupted itself; this command has ended with ${process.exitCode ?? 0}\n`
    : '';
}
