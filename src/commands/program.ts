import { Command } from 'commander';
import { addAttachCommand } from './attach-command.ts';
import { addCapacityCommand } from './capacity-command.ts';
import { addCheckCommand } from './check-command.ts';
import { addConformCommand } from './conform-command.ts';
import { addDownCommand } from './down-command.ts';
import { addFetchCommand } from './fetch-command.ts';
import { addImagesCommand } from './images-command.ts';
import { addInitCommand } from './init-command.ts';
import { addJudgeCommand } from './judge-command.ts';
import { addMutateCommand } from './mutate-command.ts';
import { NPM_HELP, NPM_OUTPUT, refuseWhatNpmTook, workWhereCalled } from './npm.ts';
import { projectVersion } from './paths.ts';
import { addProveCommand } from './prove-command.ts';
import { addProvokeCommand } from './provoke-command.ts';
import { addReplayCommand } from './replay-command.ts';
import { addUpCommand } from './up-command.ts';
import { addVerifyCommand } from './verify-command.ts';

/** What adds each command, in the order in which help names them. */
const COMMANDS: readonly ((program: Command, stop: AbortSignal) => void)[] = [
  addVerifyCommand,
  addProveCommand,
  addCheckCommand,
  addAttachCommand,
  addInitCommand,
  addConformCommand,
  addCapacityCommand,
  addMutateCommand,
  addJudgeCommand,
  addReplayCommand,
  addFetchCommand,
  addImagesCommand,
  addUpCommand,
  addProvokeCommand,
  addDownCommand,
];

/**
 * Every command with its arguments, options and help; sets the process's exit code when one has
 * ended. What a command does is loaded when it is called: `check` has to be there at once.
 * @param stop ends what is running, cleanly
 */
export function makeProgram(stop: AbortSignal): Command {
  const program = new Command('<command>')
    .description('Proves that an observability stack keeps its promises: from load to inbox.')
    .version(projectVersion())
    .configureHelp(NPM_HELP)
    .configureOutput(NPM_OUTPUT)
    .hook('preAction', (_, command) => {
      refuseWhatNpmTook(command);
      workWhereCalled();
    })
    .addHelpText('after', '\nExamples:\n  npm run verify\n  npm run verify -- --help');
  for (const add of COMMANDS) add(program, stop);
  for (const command of program.commands)
    command
      .showHelpAfterError(`(all options: npm run ${command.name()} -- --help)`)
      .addHelpText('after', endOfHelp(command.name()));
  return program;
}

function endOfHelp(name: string): string {
  return (
    "\nExit codes: 0 all is well, 1 something is wrong, 2 it couldn't be judged." +
    `\nMore: docs/commands/${name}.md`
  );
}
