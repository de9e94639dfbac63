import { execa } from 'execa';
import { HarnessError } from '../../../../src/lib/errors.ts';

/** However long the run takes, the clock is right again after this time, seconds. */
const AT_MOST_SECONDS = 600;
/**
 * Steps the clock, waits until its input ends, and sets it right by the monotonic clock, which no
 * step moves. Its input ends too when whoever started it is gone, by whatever death. Tried out
 * ("dry"), it says how far it would have set the clock off instead of doing it.
 */
const GUARD = `
import select, signal, sys, time
for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(name, signal.SIG_IGN)
step, most, how = float(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
right = time.time() - time.monotonic()
def put(offset, word):
    if how != 'dry':
        time.clock_settime(time.CLOCK_REALTIME, offset + time.monotonic())
    print(word, round(offset - right, 3), flush=True)
put(right + step, 'stepped')
select.select([sys.stdin], [], [], most)
put(right, 'back')
`;

/** A clock that is wrong until it is put back. */
export interface SteppedClock {
  /** Sets it right, once; further calls wait for the same. @returns what the guard said */
  putBack: () => Promise<string>;
}

/**
 * Steps the clock of the whole machine, by a process of its own that outlives this one for as long
 * as it takes to set the clock right.
 * @param how `dry`: everything but the clock itself
 * @param program runs the guard
 * @throws HarnessError where the clock may not be set
 */
export async function stepClock(
  seconds: number,
  how: 'really' | 'dry',
  program = 'python3',
): Promise<SteppedClock> {
  const args = ['-c', GUARD, String(seconds), String(AT_MOST_SECONDS), how];
  // A group of its own: Ctrl-C at the terminal is for others.
  const guard = execa(program, args, { reject: false, detached: true, cleanup: false });
  const ended = guard.then(({ stdout, stderr, failed }) => ({ stdout, stderr, failed }));
  const began = new Promise<void>((resolve) => guard.stdout.once('data', () => resolve()));
  await Promise.race([began, ended]);
  const putBack = async (): Promise<string> => {
    guard.stdin.end();
    const { stdout, stderr, failed } = await ended;
    if (failed)
      throw new HarnessError(
        `the clock can't be set: ${stderr.trim().split('\n').at(-1) ?? ''}`,
        'Leave this disturbance out, or be root on a machine of your own with python3.',
      );
    return stdout;
  };
  if (guard.exitCode !== null) await putBack();
  return { putBack };
}
