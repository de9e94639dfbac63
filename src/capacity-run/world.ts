import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HarnessError } from '../lib/errors.ts';
import { removeScratch } from '../lib/scratch.ts';
import type { Dimension } from '../model/dimension.ts';
import type { StepMeasurement } from '../model/capacity-step.ts';
import type { Plan } from '../model/plan.ts';
import { enterNamespaces } from '../runtimes/native/enter.ts';
import type { Inside } from '../runtimes/native/enter.ts';
import type { Programs } from '../programs/index.ts';
import { writeEtc } from '../run/prepare.ts';
import { Dialogue } from './dialogue.ts';
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
export async function openWorld(options: WorldOptions): Promise<StepRunner> {
  const { plan, dimension, runDir, signal, waitingFor } = options;
  await mkdir(join(runDir, 'logs'), { recursive: true });
  await writeFile(join(runDir, 'plan.json'), JSON.stringify(plan));
  await writeEtc(plan, runDir);
  const dialogue = new Dialogue(waitingFor, signal);
  const ready = dialogue.next();
  const inside = enter(options, (line) => dialogue.hear(line));
  const ended = inside.ended.then(async ({ exit, stderr }) => {
    await writeFile(join(runDir, 'logs', 'world.log'), stderr);
    await removeScratch(runDir);
    dialogue.end(endedByItself(dimension, exit, stderr));
  });
  const close = async (): Promise<void> => {
    inside.stop();
    await ended;
  };
  try {
    await ready;
  } catch (error) {
    await close();
    throw error;
  }
  return {
    step: async (step) => {
      signal.throwIfAborted();
      const [before, from] = [process.cpuUsage(), performance.now()];
      const command: WorldCommand = { type: 'step', request: step };
      const said = await dialogue.ask(() => inside.send(JSON.stringify(command)));
      return addOwnCpu(measuredIn(said, dimension), before, performance.now() - from);
    },
    [Symbol.asyncDispose]: close,
  };
}

function enter(
  { dimension, runDir, programs, signal }: WorldOptions,
  onLine: (line: string) => void,
): Inside {
  const request: WorldRequest = {
    runDir,
    projectDir: fileURLToPath(new URL('../..', import.meta.url)),
    k6: programs.k6,
    dimension,
  };
  return enterNamespaces({
    usr: programs.usr,
    runDir,
    script: fileURLToPath(new URL('inside/main.ts', import.meta.url)),
    request,
    signal,
    onLine,
  });
}

function measuredIn(said: WorldAnswer, { id }: Dimension): StepMeasurement {
  if (said.type === 'measured') return said.measurement;
  throw new HarnessError(
    `the world of ${id} answered ${said.type} to a step`,
    'Look into logs/world.log of its folder.',
  );
}

function endedByItself({ id }: Dimension, exit: string, stderr: string): HarnessError {
  const lastWords = stderr.trim().split('\n').slice(-4).join('\n');
  return new HarnessError(
    `the world of ${id} ended by itself (exit ${exit}): ${lastWords}`,
    'Its whole output is in logs/world.log of its folder.',
  );
}
