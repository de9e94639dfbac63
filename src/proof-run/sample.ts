import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HarnessError } from '../lib/errors.ts';
import { lastLines } from '../lib/last-lines.ts';
import { enterNamespaces } from '../runtimes/native/enter.ts';
import { SAMPLED } from './events.ts';
import type { ProofRequest } from './events.ts';
import type { Componented } from './inside/components.ts';
import type { ProofRunOptions } from './index.ts';
import { hostsText } from './names.ts';
import { requireMountable } from '../lib/mountable.ts';
import { makeTemporary } from '../lib/temporary.ts';

/** A component that is asked for behind a job. */
interface Asked {
  job: string;
  component: string;
  behind: string[];
}

const FIRST_PORT = 9_100;

/**
 * What real components tell at rest, before there is a plan that could need it: each text by its
 * job.
 * @param selected names of the metrics that somebody asks for
 * @throws HarnessError when one of them doesn't start
 */
export async function sampleComponents(
  asked: Asked[],
  selected: string[],
  { programs, signal }: Pick<ProofRunOptions, 'programs' | 'signal'>,
): Promise<Map<string, string>> {
  const dir = await makeTemporary('sample');
  try {
    requireMountable(dir, 'the folder', 'Name another folder for temporary files in TMPDIR.');
    await Promise.all(['etc', 'logs'].map((folder) => mkdir(join(dir, folder))));
    const sample = worldOf(asked, selected);
    await writeFile(join(dir, 'etc', 'hosts'), hostsText(sample.hosts));
    const request: ProofRequest = { runDir: dir, versions: programs.versions, sample };
    const inside = enterNamespaces({
      usr: programs.usr,
      runDir: dir,
      script: fileURLToPath(new URL('inside/main.ts', import.meta.url)),
      request,
      signal,
      onLine: () => undefined,
    });
    const ended = await inside.ended;
    signal.throwIfAborted();
    return await readSample(dir, asked, ended);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** @throws HarnessError when nothing was written, with what was said instead */
async function readSample(
  dir: string,
  asked: Asked[],
  { exit, stderr }: { exit: string; stderr: string },
): Promise<Map<string, string>> {
  try {
    return new Map(
      Object.entries(JSON.parse(await readFile(join(dir, SAMPLED), 'utf8')) as object),
    );
  } catch (cause) {
    throw new HarnessError(
      `what ${asked.map(({ component }) => component).join(', ')} tell can't be had (${exit}): ` +
        (lastLines(stderr) || 'nothing was written'),
      'Is a program missing, or broken? `npm run fetch -- --fresh` has them anew.',
      { cause },
    );
  }
}

/** A world with them alone, in its own time. */
function worldOf(asked: Asked[], selected: string[]): Componented {
  const components = asked.map(({ job, component }, i) => ({
    ...{ job, component },
    target: `real-${i + 1}:${FIRST_PORT + i}`,
  }));
  const names = [...components.map((_, i) => `real-${i + 1}`), ...asked.flatMap((o) => o.behind)];
  const hosts = Object.fromEntries(names.map((name, i) => [name, `127.0.1.${i + 1}`]));
  return { components, hosts, selected, speed: 1, prometheusFlags: [] };
}
