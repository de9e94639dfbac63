import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../lib/errors.ts';
import { nearest } from '../lib/nearest.ts';
import type { Plan, Provocation } from '../model/plan.ts';
import { askLive } from '../run/live/client.ts';
import type { LiveAnswer } from '../run/live/client.ts';
import { liveRuns } from './live-runs.ts';
import type { Output } from './output.ts';

/** Characters of an answer that are shown. */
const MOST = 200;

/**
 * Makes alerts happen in a stack that is up, or takes back what was provoked; without names, tells
 * which there are.
 * @throws HarnessError when no stack is up, it has no such alert, or it answers something else; the
 * signal's reason when aborted
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
  const stack: UpStack = { runDir: run.runDir, output, signal };
  if (stop) return takeBack(stack);
  const plan = JSON.parse(await readFile(join(run.runDir, 'plan.json'), 'utf8')) as Plan;
  if (names.length === 0) return tellAll(plan, stack);
  for (const name of names) await provokeOne(name, plan, stack);
  return 0;
}

/** A stack that is up, and who asks it. */
interface UpStack {
  /** Absolute. */
  runDir: string;
  output: Output;
  signal: AbortSignal;
}

async function takeBack({ runDir, output, signal }: UpStack): Promise<0> {
  const answer = await askLive(runDir, 'DELETE', '/provoke', signal);
  const { names } = bodyOf<{ names: string[] }>(answer, 'names', runDir);
  output.print(
    names.length === 0
      ? 'Nothing was provoked.'
      : `Taken back: ${names.join(', ')}. People are told of the end within a minute of the stack's own time.`,
  );
  return 0;
}

async function tellAll(plan: Plan, { runDir, output, signal }: UpStack): Promise<0> {
  const answer = await askLive(runDir, 'GET', '/', signal);
  const { provoked } = bodyOf<{ provoked: string[] }>(answer, 'provoked', runDir);
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

async function provokeOne(
  name: string,
  { speed }: Plan,
  { runDir, output, signal }: UpStack,
): Promise<void> {
  const path = `/provoke/${encodeURIComponent(name)}`;
  const answer = await askLive(runDir, 'PUT', path, signal);
  if (answer.status === 404) throw unknownAlert(name, answer, runDir);
  const { name: real, toldWithinMs } = bodyOf<Provocation>(answer, 'toldWithinMs', runDir);
  const minutes = Math.ceil((toldWithinMs * speed) / 60_000);
  const own = speed === 1 ? '' : ` (${minutes} minutes of the stack's own time)`;
  const within = `${Math.ceil(toldWithinMs / 1000)} s${own}`;
  output.print(`${real}: provoked. Somebody is told within ${within}.`);
}

/** What a stack says that knows no alert of this name. */
function unknownAlert(name: string, answer: LiveAnswer, runDir: string): HarnessError {
  const { known } = (answer.body ?? {}) as { known?: string[] };
  if (!Array.isArray(known)) return notUnderstood(answer, runDir);
  const close = nearest(name, known);
  return new HarnessError(
    `the stack has no alert ${name} that can be provoked`,
    `${close === undefined ? '' : `Did you mean ${close}? `}There are: ${known.join(', ')}.`,
  );
}

/** What was asked for. @throws HarnessError when something without this key was answered */
function bodyOf<T>(answer: LiveAnswer, key: keyof T & string, runDir: string): T {
  const { status, body } = answer;
  if (status === 200 && typeof body === 'object' && body !== null && key in body) return body as T;
  throw notUnderstood(answer, runDir);
}

function notUnderstood({ status, body }: LiveAnswer, runDir: string): HarnessError {
  return new HarnessError(
    `the stack in ${runDir} answered with status ${status}: ${JSON.stringify(body).slice(0, MOST)}`,
    'Whether anything was provoked or taken back is not known. Another version of the harness may ' +
      'keep it up: `npm run down` ends it, and `npm run up` brings it up anew.',
  );
}
