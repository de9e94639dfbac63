import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HarnessError } from '../lib/errors.ts';
import type { Dimension, StepMeasurement, StepRequest } from '../model/capacity.ts';
import type { CapacityLoad } from '../model/capacity-load.ts';
import { runK6Step } from '../k6/step.ts';
import { listenersOf } from './measure/listeners.ts';
import { figuresOfLoad, virtualUsers } from './measure/load-figures.ts';
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
  const first = await troubleBefore('the target', url.href, patience);
  if (first)
    throw new HarnessError(
      first.detail,
      first.kind === 'refused'
        ? 'Start it, or correct --target.'
        : 'Something takes its connections and answers nothing: look at it before it is loaded.',
    );
  let k6Pid: number | undefined;
  const meter = new UseMeter({
    allOwn: false,
    watched: () => [
      { name: 'the harness', pid: process.pid, role: 'harness', oneLoop: false },
      ...(k6Pid === undefined
        ? []
        : [{ name: 'k6', pid: k6Pid, role: 'generator' as const, oneLoop: false }]),
      ...listenersOf(url).map((pid) => ({
        name: `the target (process ${pid})`,
        pid,
        role: 'subject' as const,
        oneLoop: false,
      })),
    ],
  });
  return {
    step: async (request: StepRequest): Promise<StepMeasurement> => {
      const startedAt = Date.now();
      const step = {
        load: request.load,
        startedAt,
        warmUpMs: request.warmUpMs,
        measuredMs: request.measuredMs,
      };
      const before = await troubleBefore('the target', url.href, patience);
      if (before) return { ...step, figures: {}, parts: {}, processes: [], trouble: before };
      let use: ReturnType<UseMeter['end']> = { figures: {}, processes: [] };
      const load = loadOf(url, dimension, request);
      const { account } = await runK6Step(load, {
        k6,
        projectDir: fileURLToPath(new URL('../..', import.meta.url)),
        dir: runDir,
        id: request.id,
        signal,
        onStart: (pid) => void (k6Pid = pid),
        onMeasured: (moment) => {
          if (moment === 'begin') meter.begin();
          else use = meter.end();
        },
      });
      const { figures, parts } = figuresOfLoad(load, account);
      return {
        ...step,
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

function loadOf(
  url: URL,
  dimension: Dimension,
  { load, warmUpMs, measuredMs }: StepRequest,
): CapacityLoad {
  const slowest = Math.max(
    1,
    ...dimension.limits
      .filter(({ figure }) => figure.startsWith('latency'))
      .map(({ value }) => value),
  );
  return {
    kind: 'get',
    rate: load,
    warmUpMs,
    measuredMs,
    virtualUsers: virtualUsers(load, slowest),
    timeoutMs: TIMEOUT_MS,
    urls: { [PART]: url.href },
  };
}
