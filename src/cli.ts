import { makeProgram } from './commands/program.ts';
import { HarnessError, messageOf } from './lib/errors.ts';

// Signals and the exit code: nothing else.
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => stop.abort(new HarnessError(`interrupted by ${name}`, 'What a run had recorded until then is in its run folder.')));
}

try {
  await makeProgram(stop.signal).parseAsync();
} catch (error) {
  // Commander has printed its own message and set the exit code.
  if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('commander.'))) {
    process.exitCode = 2;
    process.stderr.write(`${messageOf(error)}\n${error instanceof HarnessError ? `${error.advice}\n` : ''}`);
  }
}
