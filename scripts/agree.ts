import { runProgram } from '../src/commands/run-program.ts';
import { agreeCommand } from './agree/command.ts';

const stop = new AbortController();
process.once('SIGINT', () => stop.abort(new Error('interrupted')));
await runProgram(agreeCommand(stop.signal), stop);
