import { runProgram } from '../src/commands/run-program.ts';
import { soakCommand } from './soak/command.ts';

const stop = new AbortController();
process.once('SIGINT', () => stop.abort(new Error('interrupted')));
await runProgram(soakCommand(stop.signal), stop);
