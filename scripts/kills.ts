import { runProgram } from '../src/commands/run-program.ts';
import { killsCommand } from './soak/kills/command.ts';

const stop = new AbortController();
process.once('SIGINT', () => stop.abort(new Error('interrupted')));
await runProgram(killsCommand(stop.signal), stop);
