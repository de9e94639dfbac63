import { runProgram } from '../src/commands/run-program.ts';
import { benchCommand } from './bench/command.ts';

await runProgram(benchCommand());
