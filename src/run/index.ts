import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { HarnessError } from '../lib/errors.ts';
import { fromExactJson } from '../lib/exact-json.ts';
import { removeScratch } from '../lib/scratch.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Plan } from '../model/plan.ts';
import type { RunEvent, RunRequest } from './events.ts';
import type { Programs } from './native/cache/index.ts';
import { writeEtc } from './prepare.ts';

/** Its files are read, and its queries asked of Prometheus; the program itself is in no package archive. */
const GRAFANA = { what: 'Grafana itself', why: 'the native runtime has none: provisioning, the data source proxy and the state of its alert rules need the docker runtime' };
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
/** After this long a run that was told to stop is killed, ms. */
const STOP_WITHIN_MS = 15_000;

export interface RunOptions {
  runId: string;
  /** Absolute path; made if missing. Everything the run writes is in here. */
  runDir: string;
  programs: Programs;
  signal: AbortSignal;
  onEvent: (event: RunEvent) => void;
  /** Keep the stack up until the signal, instead of running the plan's tracks. */
  live?: boolean;
}

/**
 * Executes a plan on the native runtime, in namespaces of its own: a private overlay over /usr shows the programs,
 * a private network with nothing but loopback holds every port, and a private process space ends with the harness
 * (`setpriv --pdeathsig`, `unshare --kill-child`: by the kernel, also after `kill -9`).
 *
 * @returns the evidence, also of a run that was interrupted
 * @throws HarnessError when not even evidence could be written
 */
export async function executePlan(plan: Plan, options: RunOptions): Promise<Evidence> {
  const { runDir, runId, programs } = options;
  await mkdir(join(runDir, 'logs'), { recursive: true });
  await writeFile(join(runDir, 'plan.json'), JSON.stringify(plan));
  await writeEtc(plan, runDir);
  const request: RunRequest = { runId, runDir, projectDir: here('../..'), k6: programs.k6, versions: programs.versions, live: options.live ?? false, containers: null, notJudged: plan.panels.length > 0 ? [GRAFANA] : [] };
  const users = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const inside = [process.execPath, '--import', import.meta.resolve('tsx'), here('inside/main.ts'), JSON.stringify(request)];
  const child = execa(
    'setpriv',
    ['--pdeathsig', 'KILL', 'unshare', ...users, '--mount', '--net', '--pid', '--fork', '--kill-child', '/bin/sh', here('enter.sh'), programs.usr, join(runDir, 'etc'), ...inside],
    { reject: false, buffer: { stdout: false, stderr: true }, stdin: 'pipe', detached: true, cleanup: true },
  );
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => options.onEvent(parseEvent(line)));
  const stop = (): void => {
    // The run inside stops when its standard input ends, writes its evidence and cleans up.
    child.stdin.end();
    setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS).unref();
  };
  options.signal.addEventListener('abort', stop, { once: true });
  if (options.signal.aborted) stop();
  const result = await child;
  options.signal.removeEventListener('abort', stop);
  // Only now are the run's mounts gone.
  await removeScratch(runDir);
  await writeFile(join(runDir, 'logs', 'run.log'), result.stderr);
  try {
    return fromExactJson<Evidence>(await readFile(join(runDir, 'evidence.json'), 'utf8'));
  } catch (cause) {
    throw new HarnessError(`the run ended without evidence (exit ${String(result.exitCode ?? result.signal)}): ${result.stderr.split('\n').slice(-8).join('\n')}`, 'The whole output is in logs/run.log of the run folder.', { cause });
  }
}

function parseEvent(line: string): RunEvent {
  try {
    return JSON.parse(line) as RunEvent;
  } catch {
    return { type: 'line', text: line };
  }
}
