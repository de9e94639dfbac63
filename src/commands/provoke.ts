import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../lib/errors.ts';
import { nearest } from '../lib/nearest.ts';
import type { Plan, Provocation } from '../model/plan.ts';
import { askLive } from '../run/live/client.ts';
import { liveRuns } from './live-runs.ts';
import type { Output } from './output.ts';

/**
 * Makes alerts happen in a stack that is up, or takes back what was provoked; without names, tells
 * which there are.
 * @throws HarnessError when no stack is up, or it has no such alert; the signal's reason when
 * aborted
 */
export async function provoke(
  names: string[],
  stop: boolean,
  output: Output,
  signal: AbortSignal,
): Promise<0> {
  const [run] = await liveRuns();
  if (run === undefined)
    throw new HarnessError(
      'no stack is up',
      'Bring one up with `npm run up`, in another terminal.',
    );
  const { runDir } = run;
  if (stop) {
    const { names: ended } = (await askLive(runDir, 'DELETE', '/provoke', signal)).body as {
      names: string[];
    };
    output.print(
      ended.length === 0
        ? 'Nothing was provoked.'
        : `Taken back: ${ended.join(', ')}. People are told of the end within a minute of the stack's own time.`,
    );
    return 0;
  }
  const plan = JSON.parse(await readFile(join(runDir, 'plan.json'), 'utf8')) as Plan;
  if (names.length === 0) {
    const { provoked } = (await askLive(runDir, 'GET', '/', signal)).body as { provoked: string[] };
    output.print(
      [
        'What can be provoked:',
        ...plan.provocations.map(
          (p) => `  ${p.name}${provoked.includes(p.name) ? '   (it is now)' : ''}`,
        ),
      ].join('\n'),
    );
    return 0;
  }
  for (const name of names) {
    const { status, body } = await askLive(
      runDir,
      'PUT',
      `/provoke/${encodeURIComponent(name)}`,
      signal,
    );
    if (status !== 200) {
      const known = (body as { known: string[] }).known;
      const close = nearest(name, known);
      throw new HarnessError(
        `the stack has no alert ${name} that can be provoked`,
        `${close === undefined ? '' : `Did you mean ${close}? `}There are: ${known.join(', ')}.`,
      );
    }
    const { name: real, toldWithinMs } = body as Provocation;
    const minutes = Math.ceil((toldWithinMs * plan.speed) / 60_000);
    const own = plan.speed === 1 ? '' : ` (${minutes} minutes of the stack's own time)`;
    const within = `${Math.ceil(toldWithinMs / 1000)} s${own}`;
    output.print(`${real}: provoked. Somebody is told within ${within}.`);
  }
  return 0;
}
