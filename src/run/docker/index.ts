import { setMaxListeners } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { markOf } from '../../lib/process-mark.ts';
import { OWNER_LABEL, RUN_LABEL } from '../../container-engine/engine.ts';
import { baseOfServices } from '../../images/index.ts';
import { messageOf } from '../../lib/errors.ts';
import { removeScratch } from '../../lib/scratch.ts';
import type { ContainersPlan } from '../../model/containers.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import { ContainerRuntime } from '../../runtimes/docker/containers.ts';
import { removeRun } from '../../runtimes/docker/leftovers.ts';
import { createVolumes } from '../../runtimes/docker/volumes.ts';
import { writeCertificate } from '../certificate.ts';
import { TLS } from '../prepare.ts';
import { createAddresses } from './addresses.ts';
import { drive } from './drive.ts';
import type { ContainerRunOptions, Parts } from './parts.ts';
import { RunSecrets } from './secrets.ts';

/**
 * Executes a plan on the docker runtime: on a network of the run's own, each service of the compose
 * file in a container, and the driver beside them. Everything carries the run's label, and is
 * removed at the end whatever happened.
 * @returns the evidence, also of a run that was interrupted
 * @throws HarnessError when not even evidence could be written
 */
export async function executeInContainers(
  plan: Plan,
  containers: ContainersPlan,
  options: ContainerRunOptions,
): Promise<Evidence> {
  const { runDir } = options;
  await mkdir(join(runDir, 'logs'), { recursive: true });
  await Promise.all([
    writeFile(join(runDir, 'plan.json'), JSON.stringify(plan)),
    writeCertificate(join(runDir, TLS)),
  ]);
  const end = new AbortController();
  // Every container listens to it: many are no leak.
  setMaxListeners(0, end.signal);
  let runtime: ContainerRuntime | undefined;
  try {
    options.onEvent({ type: 'phase', text: 'making containers' });
    const around = await makeSurroundings(containers, options, end.signal);
    const secrets = new RunSecrets(await readFile(join(runDir, TLS, 'cert.pem')));
    runtime = new ContainerRuntime(containers.containers, around, runDir, (of) =>
      secrets.filesOf(of),
    );
    return await drive({ plan, containers, options, around, secrets, runtime });
  } finally {
    end.abort(new Error('the run has ended'));
    await tearDown(runtime, options);
  }
}

/** The run's network and volumes. */
async function makeSurroundings(
  { containers, volumes }: ContainersPlan,
  { engine: { docker }, runId }: ContainerRunOptions,
  signal: AbortSignal,
): Promise<Parts['around']> {
  const labels = { [RUN_LABEL]: runId, [OWNER_LABEL]: markOf() };
  const prefix = `gtv-${runId}`;
  const services = containers.map(({ service }) => service);
  const [network] = await Promise.all([
    createAddresses(docker, prefix, services, labels),
    createVolumes(docker, volumes, prefix, labels),
  ]);
  return {
    docker,
    prefix,
    labels,
    network: network.name,
    addresses: network.addresses,
    idleImage: baseOfServices(),
    signal,
  };
}

/** Saves what the containers said, and removes everything of the run. */
async function tearDown(
  runtime: ContainerRuntime | undefined,
  { engine: { docker }, runId, runDir, onEvent }: ContainerRunOptions,
): Promise<void> {
  runtime?.release();
  await Promise.all(
    (runtime?.names ?? []).map(async (name) => {
      const log = await runtime?.logs(name).catch(() => '');
      if (log) await writeFile(join(runDir, 'logs', `${name}.log`), log);
    }),
  );
  // What went wrong before is the news, not this.
  await Promise.resolve(runtime?.stopAll())
    .then(() => removeRun(docker, runId))
    .catch((error: unknown) =>
      onEvent({
        type: 'line',
        text:
          `not all of the run could be removed from the engine: ${messageOf(error)}; \`npm run ` +
          `down\` tries again when this has ended`,
      }),
    );
  await removeScratch(runDir);
}
