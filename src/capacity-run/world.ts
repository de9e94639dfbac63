import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HarnessError } from '../lib/errors.ts';
import { removeScratch } from '../lib/scratch.ts';
import type { Dimension } from '../model/dimension.ts';
import type { StepMeasurement, StepRequest } from '../model/capacity-step.ts';
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
  const dialogue = new Dialogue(waitingFor, signal);
  const ready = dialogue.next();
  const inside = enterNamespaces({
    usr: programs.usr,
    etc: join(runDir, 'etc'),
    script: fileURLToPath(new URL('inside/main.ts', import.meta.url)),
    request,
    signal,
    onLine: (line) => dialogue.hear(line),
  });
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
    step: async (step: StepRequest): Promise<StepMeasurement> => {
      signal.throwIfAborted();
      const [before, from] = [process.cpuUsage(), Date.now()];
      const command: WorldCommand = { type: 'step', request: step };
      const said = await dialogue.ask(() => inside.send(JSON.stringify(command)));
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

function endedByItself({ id }: Dimension, exit: string, stderr: string): HarnessError {
  const lastWords = stderr.trim().split('\n').slice(-4).join('\n');
  return new HarnessError(
    `the world of ${id} ended by itself (exit ${exit}): ${lastWords}`,
    'Its whole output is in logs/world.log of its folder.',
  );
}

/** What is said by a world, line by line: an answer to each question, and what it waits for. */
class Dialogue {
  private readonly waitingFor: (what: string) => void;
  private readonly signal: AbortSignal;
  private answer: (answer: WorldAnswer) => void = () => undefined;
  private fail: (error: unknown) => void = () => undefined;
  /** Why it can't be asked any more, once it can't. */
  private gone: { error: unknown } | undefined;

  constructor(waitingFor: (what: string) => void, signal: AbortSignal) {
    this.waitingFor = waitingFor;
    this.signal = signal;
  }

  /** Its next answer; rejects with the reason when it ends before. */
  next(): Promise<WorldAnswer> {
    return new Promise((resolve, reject) => ([this.answer, this.fail] = [resolve, reject]));
  }

  /** @throws why it is gone, if it is */
  async ask(send: () => void): Promise<WorldAnswer> {
    if (this.gone) throw this.gone.error;
    const answered = this.next();
    send();
    return answered;
  }

  hear(line: string): void {
    const said = parse(line);
    if (said === undefined) return;
    if (said.type === 'waiting') this.waitingFor(said.what);
    else if (said.type === 'failed') this.end(new HarnessError(said.message, said.advice));
    else this.answer(said);
  }

  /** It says nothing more; an abort that ended it is the reason then. */
  end(error: HarnessError): void {
    this.gone ??= { error: this.signal.aborted ? (this.signal.reason as unknown) : error };
    this.fail(this.gone.error);
  }
}

function parse(line: string): WorldAnswer | undefined {
  try {
    return JSON.parse(line) as WorldAnswer;
  } catch {
    return undefined;
  }
}
