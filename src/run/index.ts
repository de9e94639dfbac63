import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keepRunLog } from '../lib/run-log.ts';
import { removeScratch } from '../lib/scratch.ts';
import type { CapacityLoad } from '../model/capacity-load.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Plan } from '../model/plan.ts';
import { enterNamespaces } from '../runtimes/native/enter.ts';
import { eventOf } from './events.ts';
import type { RunEvent, RunRequest } from './events.ts';
import type { Programs } from '../programs/index.ts';
import { writeEtc } from './prepare.ts';
import { readEvidence } from './read-evidence.ts';

/**
 * Its files are read, and its queries asked of Prometheus; the program itself is in no package
 * archive.
 */
const GRAFANA = {
  what: 'Grafana itself',
  why:
    'the native runtime has none: provisioning, the data source proxy and the state of its ' +
    'alert rules need the docker runtime',
};

export interface RunOptions {
  runId: string;
  /** Absolute path; made if missing. Everything the run writes is in here. */
  runDir: string;
  programs: Programs;
  signal: AbortSignal;
  onEvent: (event: RunEvent) => void;
  /** Keep the stack up until the signal, instead of running the plan's tracks. */
  live?: boolean;
  /**
   * A load beside the plan's own, from T0 to the end of the tracks; k6's account of it is in
   * `background.json`.
   */
  background?: CapacityLoad;
}

/**
 * Executes a plan on the native runtime, in namespaces of its own (see {@link enterNamespaces}).
 *
 * @returns the evidence, also of a run that was interrupted
 * @throws HarnessError when not even evidence could be written, or its folder was removed
 */
export async function executePlan(plan: Plan, options: RunOptions): Promise<Evidence> {
  const { runDir, runId, programs, signal } = options;
  await mkdir(join(runDir, 'logs'), { recursive: true });
  await writeFile(join(runDir, 'plan.json'), JSON.stringify(plan));
  await writeEtc(plan, runDir);
  const request: RunRequest = {
    runId,
    runDir,
    projectDir: fileURLToPath(new URL('../..', import.meta.url)),
    k6: programs.k6,
    versions: programs.versions,
    live: options.live ?? false,
    background: options.background ?? null,
    containers: null,
    notJudged: plan.panels.length > 0 ? [GRAFANA] : [],
  };
  // The run inside stops when its standard input ends, writes its evidence and cleans up.
  const inside = enterNamespaces({
    usr: programs.usr,
    runDir,
    script: fileURLToPath(new URL('inside/main.ts', import.meta.url)),
    request,
    signal,
    onLine: (line) => options.onEvent(eventOf(line)),
  });
  const { exit, stderr } = await inside.ended;
  // Only now are the run's mounts gone.
  await removeScratch(runDir);
  await keepRunLog(runDir, stderr);
  return readEvidence(runDir, exit, stderr);
}
