import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProofPlan } from '../../model/proof-plan.ts';
import { TIMEKEEPER, setNiceness } from '../../lib/niceness.ts';
import { diskFullOr } from '../../lib/space.ts';
import { keepRightOfWay } from '../../runtimes/native/right-of-way.ts';
import type { ProofEvent, ProofRequest } from '../events.ts';
import { prove } from './prove.ts';

// The process inside the run's namespaces: reads the plan, carries it out, writes the evidence; or
// looks at what real components tell before there is a plan.
const request = JSON.parse(process.argv[2] ?? '{}') as ProofRequest;
setNiceness(process.pid, TIMEKEEPER);
keepRightOfWay();
const emit = (event: ProofEvent): void => void process.stdout.write(`${JSON.stringify(event)}\n`);
const stop = new AbortController();
process.stdin.on('end', () => stop.abort(new Error('the run was interrupted')));
process.stdin.resume();
// Ctrl-C reaches the harness outside, which ends this process's input.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => stop.abort(new Error('the run was interrupted')));
process.stdout.on('error', () => undefined);
// A write that fails in a timer (a full disk) ends the proof like any other trouble: with a word
// and what evidence there is.
process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
  console.error(error);
  stop.abort(diskFullOr(error, request));
});
try {
  if (request.sample) {
    const { sample } = await import('./sample.ts');
    await sample(request.sample, request.runDir, stop.signal);
  } else await proveInto(request.runDir);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await removeData();
  // Nothing more is heard: else this process would wait for orders for ever.
  process.stdin.destroy();
}

async function proveInto(runDir: string): Promise<void> {
  const plan = JSON.parse(await readFile(join(runDir, 'plan.json'), 'utf8')) as ProofPlan;
  const evidence = await prove(plan, request, stop.signal, emit);
  // What the programs wrote goes first: on a full disk it makes room for the evidence.
  await removeData();
  await writeFile(join(runDir, 'evidence.json'), JSON.stringify(evidence));
}

/**
 * Removes databases; whatever a process that is just dying adds is removed from outside, when it is
 * gone.
 */
async function removeData(): Promise<void> {
  await rm(join(request.runDir, 'data'), { recursive: true, force: true }).catch(() => undefined);
}
