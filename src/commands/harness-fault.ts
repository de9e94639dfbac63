import { HarnessError, messageOf } from '../lib/errors.ts';
import { asCalled } from './npm.ts';

/** How long a command has to clean up after a fault, ms: far longer than any needs. */
const CLEAN_UP_MS = 60_000;

/**
 * Ends a command when what nobody waited for goes wrong, which is a fault of the harness's own: it
 * is told, what runs is stopped as an interruption would, so that it cleans up, and the exit code
 * is 2 whatever the command makes of it. Node's own would be 1, that of a broken promise.
 * @param stop ends what is running, cleanly; undefined: nothing can, so the process ends at once
 */
export function endOnFault(stop: AbortController | undefined): void {
  let isFaulty = false;
  process.on('uncaughtException', (error) => {
    // One cause often has several consequences, and the clean-up goes on beside them.
    if (isFaulty) return;
    isFaulty = true;
    process.on('exit', () => (process.exitCode = 2));
    process.stderr.write(asCalled(toldOf(error)));
    if (stop === undefined) process.exit(2);
    stop.abort(
      new HarnessError('ended by a fault of the harness itself', 'Please report its lines.'),
    );
    // Only the last resort: who doesn't hear that it should stop must not stay for ever.
    setTimeout(() => process.exit(2), CLEAN_UP_MS).unref();
  });
}

function toldOf(error: unknown): string {
  const trace = error instanceof Error ? error.stack : undefined;
  return (
    `a fault of the harness itself, not of what it looked at: ${trace ?? messageOf(error)}\n` +
    'Nothing is judged by it. Please report these lines; `npm run down` removes what a run has left.\n'
  );
}
