import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { alertUnderLoad, alertingOutcome } from '../../capacity/alerting.ts';
import { oneOfEachGroup } from '../../capacity/provoked.ts';
import type { AlertingLoad } from '../../capacity/alerting-loads.ts';
import { objectIn } from '../../lib/json-line.ts';
import { markOf } from '../../lib/process-mark.ts';
import type { CapacityAccount } from '../../model/capacity-load.ts';
import type { AlertingUnderLoad } from '../../model/capacity.ts';
import type { Dimension } from '../../model/dimension.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import type { Spec } from '../../model/spec.ts';
import { makePlan } from '../../plan/index.ts';
import { executePlan } from '../../run/index.ts';
import type { Programs } from '../../programs/index.ts';
import { judge } from '../../verdict/index.ts';
import { contexts, runContext } from '../../verdict/alerts/context.ts';
import { backgroundOf } from './background.ts';

/**
 * Slower than a verification: the monitoring's own work grows with the speed, and here it shares
 * the machine with the load.
 */
const SPEED = 30;

export interface AlertingRun {
  spec: Spec;
  dimension: Dimension;
  at: AlertingLoad;
  runDir: string;
  programs: Programs;
  signal: AbortSignal;
  onUpdate: (doneMs: number, totalMs: number, what: string) => void;
}

/**
 * Provokes one alert of each group in the whole stack, sped up, while the load lasts, and judges it
 * as a verification would.
 * @throws the signal's reason when it was interrupted
 */
export async function alertingUnder(run: AlertingRun): Promise<AlertingUnderLoad> {
  const { load, shareOfSaturation, mustWork, why } = run.at;
  const provoked = oneOfEachGroup(run.spec);
  const names = provoked.map(({ alert }) => `alert/${alert}`);
  const plan = makePlan(run.spec, basename(run.spec.dir), SPEED, {
    wants: (name) => names.includes(name),
    text: names.join(', '),
    life: 'breach',
  });
  const runDir = await folderOf(run);
  const evidence = await underLoad(run, plan, runDir);
  const { verdicts } = judge(plan, evidence);
  const alerts = provoked.map((one) =>
    alertUnderLoad(
      one,
      verdicts,
      promisedMs(plan, one.alert),
      deliveredMs(plan, evidence, one.alert),
    ),
  );
  const { outcome, detail } = alertingOutcome({
    alerts,
    verdicts,
    account: await accountIn(runDir),
    interruption: evidence.interruption?.detail ?? null,
    mustWork,
  });
  return {
    shareOfSaturation,
    load,
    mustWork,
    alerts,
    outcome,
    detail: why === '' ? detail : `${why}; ${detail}`,
  };
}

/** Makes the folder of a run under load, with what `judge` wants to know of it. */
async function folderOf({ spec, dimension, at, runDir }: AlertingRun): Promise<string> {
  const share = Math.round(at.shareOfSaturation * 100);
  const name = `alerting-${dimension.id.replace('/', '-')}-${share}`;
  const dir = join(runDir, 'worlds', name);
  await mkdir(dir, { recursive: true });
  await writeFile(
    join(dir, 'command.json'),
    JSON.stringify({ stackDir: spec.dir, speed: SPEED, process: markOf() }),
  );
  return dir;
}

async function underLoad(
  { dimension, at, programs, signal, onUpdate }: AlertingRun,
  plan: Plan,
  runDir: string,
): Promise<Evidence> {
  const evidence = await executePlan(plan, {
    runId: basename(runDir),
    runDir,
    programs,
    signal,
    background: backgroundOf(dimension, at.load, plan),
    onEvent: (event) => {
      if (event.type === 'update') onUpdate(event.doneMs, event.totalMs, event.waitingFor);
    },
  });
  signal.throwIfAborted();
  return evidence;
}

/** k6's account of the load; null: it left none, or half of one. */
function accountIn(runDir: string): Promise<CapacityAccount | null> {
  return readFile(join(runDir, 'background.json'), 'utf8').then(
    (text) => (objectIn(text) as CapacityAccount | undefined) ?? null,
    () => null,
  );
}

function promisedMs(plan: Plan, alert: string): number {
  return plan.provocations.find(({ name }) => name === alert)?.toldWithinMs ?? 0;
}

/**
 * From the first breaching act to the first word to a person, run ms; null when nobody was told.
 */
function deliveredMs(plan: Plan, evidence: Evidence, alert: string): number | null {
  if (evidence.t0 === null) return null;
  const context = contexts(runContext(plan, evidence, evidence.t0)).find(
    ({ track }) => track.alert === alert,
  );
  const began = context?.began('breach') ?? Infinity;
  const told = context?.notices.find(
    ({ status, receivedAt, delivery }) => status === 'firing' && delivery && receivedAt >= began,
  );
  return told?.delivery ? told.delivery.receivedAt - began : null;
}
