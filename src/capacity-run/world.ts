import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HarnessError } from '../lib/errors.ts';
import { removeScratch } from '../lib/scratch.ts';
import type { Dimension, StepMeasurement, StepRequest } from '../model/capacity.ts';
import type { Plan } from '../model/plan.ts';
import { enterNamespaces } from '../runtimes/native/enter.ts';
import type { Programs } from '../programs/index.ts';
import { writeEtc } from '../run/prepare.ts';
import type { WorldAnswer, WorldCommand, WorldRequest } from './protocol.ts';
import { addOwnCpu } from './runner.ts';
import type { StepRunner } from './runner.ts';

export interface WorldOptions {
  /** The stack at real time. */
  plan: Plan;
  dimension: Dimension;
  /** Absolute; each world needs one of its own. */
  runDir: string;
  programs: Programs;
  signal: AbortSignal;
  waitingFor: (what: string) => void;
}

/**
 * Brings up a world of its own for one dimension, in namespaces as those of a verification, and
 * waits until it answers.
 * @throws HarnessError when it doesn't come up; the signal's reason when aborted
 */
export async function openWorld({
  plan,
  dimension,
  runDir,
  programs,
  signal,
  waitingFor,
}: WorldOptions): Promise<StepRunner> {
  await mkdir(join(runDir, 'logs'), { recursive: true });
  await writeFile(join(runDir, 'plan.json'), JSON.stringify(plan));
  await writeEtc(plan, runDir);
  const request: WorldRequest = {
    runDir,
    projectDir: fileURLToPath(new URL('../..', import.meta.url)),
    k6: programs.k6,
    dimension,
  };
  let answer: (answer: WorldAnswer) => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  const next = (): Promise<WorldAnswer> =>
    new Promise((resolve, reject) => ([answer, fail] = [resolve, reject]));
  const end = (error: unknown): void => {
    gone ??= { error };
    fail(gone.error);
  };
  const onLine = (line: string): void => {
    const said = parse(line);
    if (said === undefined) return;
    if (said.type === 'waiting') waitingFor(said.what);
    else if (said.type === 'failed')
      end(signal.aborted ? signal.reason : new HarnessError(said.message, said.advice));
    else answer(said);
  };
  // Why it can't be asked any more, once it can't.
  let gone: { error: unknown } | undefined;
  const first = next();
  const inside = enterNamespaces({
    usr: programs.usr,
    etc: join(runDir, 'etc'),
    script: fileURLToPath(new URL('inside/main.ts', import.meta.url)),
    request,
    signal,
    onLine,
  });
  const ended = inside.ended.then(async ({ exit, stderr }) => {
    await writeFile(join(runDir, 'logs', 'world.log'), stderr);
    await removeScratch(runDir);
    end(
      signal.aborted
        ? signal.reason
        : new HarnessError(
            `the world of ${dimension.id} ended by itself (exit ${exit}): ${stderr.trim().split('\n').slice(-4).join('\n')}`,
            'Its whole output is in logs/world.log of its folder.',
          ),
    );
  });
  const close = async (): Promise<void> => {
    inside.stop();
    await ended;
  };
  try {
    await first;
  } catch (error) {
    await close();
    throw error;
  }
  return {
    step: async (step: StepRequest): Promise<StepMeasurement> => {
      signal.throwIfAborted();
      if (gone) throw gone.error;
      const [before, from] = [process.cpuUsage(), Date.now()];
      const answered = next();
      const command: WorldCommand = { type: 'step', request: step };
      inside.send(JSON.stringify(command));
      const said = await answered;
      if (said.type !== 'measured')
        throw new HarnessError(
          `the world of ${dimension.id} answered ${said.type} to a step`,
          'Look into logs/world.log of its folder.',
        );
      return addOwnCpu(said.measurement, before, Date.now() - from);
    },
    [Symbol.asyncDispose]: close,
  };
}

function parse(line: string): WorldAnswer | undefined {
  try {
    return JSON.parse(line) as WorldAnswer;
  } catch {
    return undefined;
  }
}
