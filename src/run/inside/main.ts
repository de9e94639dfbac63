import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toExactJson } from '../../lib/exact-json.ts';
import { diskFullOr } from '../../lib/space.ts';
import type { Plan } from '../../model/plan.ts';
import type { Outside, RunAsk, RunEvent, RunRequest } from '../events.ts';
import { TIMEKEEPER, setNiceness } from '../../lib/niceness.ts';
import { keepRightOfWay } from '../../runtimes/native/right-of-way.ts';
import { keepUp } from './live/index.ts';
import { Channel } from '../../runtimes/remote/channel.ts';
import { run } from './run.ts';

// The process inside the run's namespaces: reads the plan, runs it, writes the evidence.
const request = JSON.parse(process.argv[2] ?? '{}') as RunRequest;
const plan = JSON.parse(await readFile(join(request.runDir, 'plan.json'), 'utf8')) as Plan;
// Inherited by every component: a run keeps time, whatever else the machine does.
setNiceness(process.pid, TIMEKEEPER);
keepRightOfWay();
const emit = (event: RunEvent): void => void process.stdout.write(`${JSON.stringify(event)}\n`);
const stop = new AbortController();
const outside: Outside | null = request.containers
  ? new Channel<RunAsk>(process.stdin, emit)
  : null;
process.stdin.on('end', () => stop.abort(new Error('the run was interrupted')));
process.stdin.resume();
// Ctrl-C reaches the harness outside, which ends this process's input.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => stop.abort(new Error('the run was interrupted')));
process.stdout.on('error', () => undefined);
// A write that fails in a timer (a full disk) ends the run like any other trouble: with a word and
// what evidence there is.
process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
  console.error(error);
  stop.abort(diskFullOr(error, request.containers ? 'engine' : { runDir: request.runDir }));
});
try {
  const evidence = await (request.live ? keepUp : run)(plan, request, stop.signal, emit, outside);
  // What the components wrote goes first: on a full disk it makes room for the evidence. Whatever a
  // process that is just dying adds meanwhile is removed from outside, when it's gone.
  await rm(join(request.runDir, 'data'), { recursive: true, force: true }).catch(() => undefined);
  await writeFile(join(request.runDir, 'evidence.json'), toExactJson(evidence));
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
process.stdin.destroy();
