import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { HarnessError } from '../lib/errors.ts';
import { WHO_KILLED, wasKilled } from '../lib/killed.ts';
import { TIMEKEEPER, setSessionNiceness } from '../lib/niceness.ts';
import type { K6Evidence } from '../model/k6-evidence.ts';
import type { Plan } from '../model/plan.ts';
import { serviceOf } from '../technologies/offered.ts';
import { readAccount } from './account.ts';

/**
 * Above this k6 collects its garbage more often, where it would otherwise wait until there is as
 * much again: on a small machine that is what the kernel kills it for.
 */
const MEMORY_LIMIT = '448MiB';

/** k6's exit codes that leave a result to be read: done, or a threshold crossed. */
const WITH_RESULT = [0, 99];

export interface Load {
  /** k6's own account of what it did, when it has ended. Throws HarnessError when k6 failed. */
  finished: Promise<K6Evidence>;
  /** Asks k6 to end now; its account up to here is still written. */
  stop: () => void;
}

/** Where k6 is, and where a run keeps things. */
interface LoadPlace {
  k6: string;
  runDir: string;
  projectDir: string;
}

/** No report to k6's makers, no colours, no port of its own. */
const FLAGS = ['run', '--no-usage-report', '--no-color', '--address', ''];

/**
 * Starts k6 with the plan's load, or with that of a day without a plan; it waits for the control
 * server before it sends anything.
 */
export async function startLoad(
  plan: Plan,
  { k6, runDir, projectDir }: LoadPlace,
  script: 'main.ts' | 'day.ts',
): Promise<Load> {
  const planFile = join(runDir, 'load-plan.json');
  const summary = join(runDir, 'k6-summary.json');
  await writeFile(planFile, JSON.stringify(plan.load));
  const log = createWriteStream(join(runDir, 'logs', 'k6.log'));
  const child = execa(k6, [...FLAGS, join(projectDir, 'scenarios', script)], {
    env: {
      LOAD_PLAN: planFile,
      SUMMARY: summary,
      URLS: JSON.stringify(urlsOf(plan)),
      CONTROL_URL: 'http://control',
      SPEED: String(plan.speed),
      K6_NO_USAGE_REPORT: 'true',
      GOMEMLIMIT: MEMORY_LIMIT,
      HOME: runDir,
    },
    reject: false,
    buffer: false,
    stdin: 'ignore',
    detached: true,
  });
  setSessionNiceness(child.pid, TIMEKEEPER);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const finished = child.then((result) => accountOf(result, summary));
  finished.catch(() => undefined);
  return { finished, stop: () => void child.kill('SIGINT') };
}

/** The URL of each service that is asked. */
function urlsOf({ jobs }: Plan): Record<string, string> {
  return Object.fromEntries(
    jobs.flatMap(({ component, target }) => {
      const service = serviceOf(component);
      return service ? [[service, `http://${target}`]] : [];
    }),
  );
}

/** k6's own account, when it has ended. @throws HarnessError when it failed, or was ended */
async function accountOf(
  { exitCode = -1, signal }: { exitCode?: number; signal?: string },
  summary: string,
): Promise<K6Evidence> {
  if (wasKilled({ exitCode, signal }))
    throw new HarnessError('k6 was killed (SIGKILL)', WHO_KILLED);
  if (!WITH_RESULT.includes(exitCode))
    throw new HarnessError(
      `k6 ended with exit code ${exitCode}`,
      'Its output is in logs/k6.log of the run folder.',
    );
  const account = await readAccount<Omit<K6Evidence, 'exitCode'>>(summary, 'logs/k6.log');
  return { exitCode, ...account };
}
