import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProofPlan } from '../../model/proof-plan.ts';
import { TIMEKEEPER, setNiceness } from '../../lib/niceness.ts';
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
process.on('uncaughtException', (error) => {
  console.error(error);
  stop.abort(error);
});
if (request.sample) {
  const { sample } = await import('./sample.ts');
  await sample(request.sample, request.runDir, stop.signal);
} else await proveInto(request.runDir);
await rm(join(request.runDir, 'data'), { recursive: true, force: true }).catch(() => undefined);
process.stdin.destroy();

async function proveInto(runDir: string): Promise<void> {
  const plan = JSON.parse(await readFile(join(runDir, 'plan.json'), 'utf8')) as ProofPlan;
  const evidence = await prove(plan, request, stop.signal, emit);
  await writeFile(join(runDir, 'evidence.json'), JSON.stringify(evidence));
}
