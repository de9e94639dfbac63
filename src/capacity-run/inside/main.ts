import { setMaxListeners } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Disposal } from '../../lib/disposal.ts';
import { HarnessError, messageOf } from '../../lib/errors.ts';
import type { Plan } from '../../model/plan.ts';
import { addresses } from '../../run/addresses.ts';
import type { WorldAnswer, WorldCommand, WorldRequest } from '../protocol.ts';
import { TIMEKEEPER, setNiceness } from '../../lib/niceness.ts';
import { keepRightOfWay } from '../../runtimes/native/right-of-way.ts';
import { ProcessRuntime } from '../../runtimes/native/processes.ts';
import type { Subjects } from './driver.ts';
import { driverFor } from './drivers/index.ts';
import { asManyFilesAsAService } from './open-files.ts';

// The process inside the namespaces of a capacity run: brings one dimension's world up, and runs a
// step for each line of its input.
const request = JSON.parse(process.argv[2] ?? '{}') as WorldRequest;
const plan = JSON.parse(await readFile(join(request.runDir, 'plan.json'), 'utf8')) as Plan;
setNiceness(process.pid, TIMEKEEPER);
keepRightOfWay();
await asManyFilesAsAService();
const stop = new AbortController();
setMaxListeners(0, stop.signal);
// Ctrl-C reaches the harness outside, which ends this process's input.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => stop.abort(new Error('the run was interrupted')));
process.stdout.on('error', () => undefined);
const say = (answer: WorldAnswer): void => void process.stdout.write(`${JSON.stringify(answer)}\n`);
const disposal = new Disposal();
let crash: HarnessError | undefined;
const subjects: Subjects = { names: new Set(), died: new Map() };
const runtime = new ProcessRuntime({
  runDir: request.runDir,
  addresses: addresses(plan),
  onCrash: (error, name) => {
    if (subjects.names.has(name)) {
      subjects.died.set(name, error);
      return;
    }
    // Nobody looks after it, and without it no step says anything.
    crash = error;
    stop.abort(error);
  },
});
disposal.defer(() => runtime.stopAll());
const input = createInterface({ input: process.stdin });
input.on('close', () => stop.abort(new Error('the run was interrupted')));
try {
  const waitingFor = (what: string): void => say({ type: 'waiting', what });
  const driver = await driverFor(request.dimension)({
    ...request,
    plan,
    addresses: addresses(plan),
    runtime,
    subjects,
    disposal,
    waitingFor,
    signal: stop.signal,
  });
  say({ type: 'ready' });
  for await (const line of input) {
    const command = JSON.parse(line) as WorldCommand;
    say({ type: 'measured', measurement: await driver.step(command.request, stop.signal) });
  }
} catch (error) {
  console.error(error);
  const cause = crash ?? error;
  say({
    type: 'failed',
    message: messageOf(cause),
    advice:
      cause instanceof HarnessError ? cause.advice : 'Look into logs/world.log of its folder.',
  });
  process.exitCode = 1;
}
await disposal.dispose();
process.stdin.destroy();
