import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HarnessError } from '../lib/errors.ts';
import type { Dimension } from '../model/dimension.ts';
import type { StepMeasurement, StepRequest } from '../model/capacity-step.ts';
import type { CapacityLoad } from '../model/capacity-load.ts';
import { begunStep } from './measure/begun.ts';
import { listenersOf } from './measure/listeners.ts';
import { figuresOfLoad, virtualUsers } from './measure/load-figures.ts';
import { loadMakers, runMeasured, slowestAnswerSeconds } from './measure/measured-load.ts';
import { PATIENCE, troubleAfter, troubleBefore, troubleWithin } from './measure/trouble.ts';
import type { Patience } from './measure/trouble.ts';
import { UseMeter } from './measure/use-meter.ts';
import type { StepRunner } from './runner.ts';

/** Longest time that an answer is waited for, ms. */
const TIMEOUT_MS = 5_000;
/** The one part of its measurements. */
const PART = 'target';

export interface TargetOptions {
  url: URL;
  dimension: Dimension;
  runDir: string;
  k6: string;
  signal: AbortSignal;
  /** How long it is waited for before and after a load. */
  patience?: Patience;
}

/**
 * Loads a URL that is there already, from this machine's own network: k6 runs outside of any
 * namespace. What listens on loopback is watched as the subject; of what runs on another machine
 * only its answers are known.
 * @throws HarnessError when it doesn't answer at all
 */
export async function openTarget({
  url,
  dimension,
  runDir,
  k6,
  signal,
  patience = PATIENCE,
}: TargetOptions): Promise<StepRunner> {
  await mkdir(join(runDir, 'logs'), { recursive: true });
  await refuseUnanswering(url, patience);
  let k6Pid: number | undefined;
  const meter = new UseMeter({
    allOwn: false,
    watched: () => [
      ...loadMakers(k6Pid),
      ...listenersOf(url).map((pid) => ({
        name: `the target (process ${pid})`,
        pid,
        role: 'subject' as const,
        oneLoop: false,
      })),
    ],
  });
  const projectDir = fileURLToPath(new URL('../..', import.meta.url));
  const onStart = (pid: number): void => void (k6Pid = pid);
  return {
    step: async (request: StepRequest): Promise<StepMeasurement> => {
      const begun = begunStep(request);
      const before = await troubleBefore('the target', url.href, patience);
      if (before) return { ...begun, figures: {}, processes: [], trouble: before };
      const load = loadOf(url, dimension, request);
      const { account, use } = await runMeasured(
        load,
        { k6, projectDir, dir: runDir, id: request.id, signal, onStart },
        meter,
      );
      const { figures, parts } = figuresOfLoad(load, account);
      return {
        ...begun,
        figures: { ...figures, ...use.figures },
        parts,
        processes: use.processes,
        trouble:
          troubleWithin(account) ?? (await troubleAfter('the target', url.href, signal, patience)),
      };
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** @throws HarnessError when the target gives no answer before any load */
async function refuseUnanswering(url: URL, patience: Patience): Promise<void> {
  const trouble = await troubleBefore('the target', url.href, patience);
  if (!trouble) return;
  throw new HarnessError(
    trouble.detail,
    trouble.kind === 'refused'
      ? 'Start it, or correct --target.'
      : 'Something takes its connections and answers nothing: look at it before it is loaded.',
  );
}

function loadOf(
  url: URL,
  dimension: Dimension,
  { load, warmUpMs, measuredMs }: StepRequest,
): CapacityLoad {
  return {
    kind: 'get',
    rate: load,
    warmUpMs,
    measuredMs,
    virtualUsers: virtualUsers(load, slowestAnswerSeconds(dimension)),
    timeoutMs: TIMEOUT_MS,
    urls: { [PART]: url.href },
  };
}
