import { codeOfNpm } from './commands/npm.ts';
import { makeProgram } from './commands/program.ts';
import { runProgram } from './commands/run-program.ts';
import { HarnessError } from './lib/errors.ts';

// Signals: nothing else.
const stop = new AbortController();
let ended: string | undefined;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    ended ??= name;
    stop.abort(new HarnessError(`interrupted by ${name}`, 'Start it again to have it done.'));
  });
}

await runProgram(makeProgram(stop.signal), stop);
const word = codeOfNpm(ended);
// Nothing at all can't be written to a full disk either.
if (word !== '') process.stderr.write(word);
// Whatever is still open (a container engine that never closes a connection) must not hold the
// command longer than its work.
setTimeout(() => process.exit(), 2_000).unref();
