import { setMaxListeners } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OWNER_LABEL, RUN_LABEL, ownerLabel } from '../../container-engine/engine.ts';
import type { Engine } from '../../container-engine/engine.ts';
import { baseOfServices } from '../../images/index.ts';
import { HarnessError, messageOf } from '../../lib/errors.ts';
import { removeScratch } from '../../lib/scratch.ts';
import { GRAFANA, HOST_VOLUMES, hostVolumes } from '../../model/containers.ts';
import type { ContainersPlan, Login } from '../../model/containers.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import type { Surroundings } from '../../runtimes/docker/container.ts';
import { ContainerRuntime } from '../../runtimes/docker/containers.ts';
import { removeRun } from '../../runtimes/docker/leftovers.ts';
import { createVolumes } from '../../runtimes/docker/volumes.ts';
import { answerTo, carryOut, deathOf } from '../../runtimes/remote/serve.ts';
import { writeCertificate } from '../certificate.ts';
import type { Looks, RunCall, RunEvent, RunRequest } from '../events.ts';
import { TLS } from '../prepare.ts';
import { readEvidence } from '../read-evidence.ts';
import { DRIVER_HOST } from './driver-plan.ts';
import { Driver } from './driver.ts';
import { lookAtDashboards } from './look/index.ts';
import { createAddresses, driverAddresses } from './addresses.ts';
import { tellPorts } from './ports.ts';
import { RunSecrets } from './secrets.ts';

export interface ContainerRunOptions {
  runId: string;
  /** Absolute path; made if missing. Everything the run writes is in here. */
  runDir: string;
  engine: Engine;
  /** The k6 program, for the engine's architecture. */
  k6: Buffer;
  versions: Record<string, string>;
  /** The browser that opens Grafana's dashboards; null: nobody looks. */
  chromium: string | null;
  /** What this run can't judge at all, and why. */
  notJudged: { what: string; why: string }[];
  signal: AbortSignal;
  onEvent: (event: RunEvent) => void;
}

/** A run's containers, and what its parts have in common. */
interface Parts {
  plan: Plan;
  containers: ContainersPlan;
  options: ContainerRunOptions;
  around: Omit<Surroundings, 'onDeath'>;
  secrets: RunSecrets;
  runtime: ContainerRuntime;
}

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
  const labels = { [RUN_LABEL]: runId, [OWNER_LABEL]: ownerLabel() };
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

/**
 * Starts the containers and the driver, carries out what the driver asks for, and reads what it
 * leaves.
 */
async function drive(parts: Parts): Promise<Evidence> {
  const { containers, options, around, runtime } = parts;
  const driver = driverOf(parts, (call) => {
    const work =
      call.verb === 'look'
        ? look(parts, call.fromMs, call.toMs)
        : carryOut(runtime, call, around.signal).catch((error: unknown) => {
            if (
              call.verb !== 'start' ||
              isMissed(call.name, containers) ||
              !(error instanceof HarnessError)
            )
              throw error;
            driver.tell(deathOf(call.name, error, false));
            return null;
          });
    void answerTo(call.id, work).then((answer) => driver.tell(answer));
  });
  runtime.onCrash((error, service) =>
    driver.tell(deathOf(service, error, isMissed(service, containers))),
  );
  // Prometheus hands out its targets 5 s after its start: everything starts at once, the driver
  // beside it; but for who reads the synthetic host, which the driver makes first.
  const starting = containers.containers
    .filter(({ volumes }) => !volumes.some((v) => v.name === HOST_VOLUMES.files))
    .map(({ service }) => runtime.start(service, around.signal));
  // The driver asks for each of them, and is told what went wrong.
  for (const each of starting) each.catch(() => undefined);
  // Of an engine on another machine the ports are on that machine's loopback.
  if (options.engine.local)
    void tellPorts(runtime, containers.containers, starting, options.onEvent);
  await driver.start();
  const stop = (): void => driver.stop();
  options.signal.addEventListener('abort', stop, { once: true });
  if (options.signal.aborted) stop();
  const code = await driver.ended();
  options.signal.removeEventListener('abort', stop);
  const log = await readFile(join(options.runDir, 'logs', 'run.log'), 'utf8').catch(() => '');
  return await readEvidence(options.runDir, code, log);
}

/**
 * Whether a run can't go on without a service: the death of Grafana, and of what runs beside its
 * stand-in, is a verdict of its own.
 */
function isMissed(service: string, { originals }: ContainersPlan): boolean {
  return service !== GRAFANA.service && !originals.some((one) => one.service === service);
}

function driverOf(parts: Parts, onCall: (call: RunCall) => void): Driver {
  const { plan, options, around, secrets } = parts;
  return new Driver({
    docker: options.engine.docker,
    around: { ...around, addresses: driverAddresses(around.addresses) },
    signal: around.signal,
    plan,
    k6: options.k6,
    image: baseOfServices(),
    runDir: options.runDir,
    smtpPassword: secrets.smtpPassword,
    volumes: hostVolumes(DRIVER_HOST, false),
    request: requestOf(parts),
    onEvent: (event) => (event.type === 'call' ? onCall(event) : options.onEvent(event)),
  });
}

function requestOf({
  containers,
  options,
  around,
  secrets,
}: Parts): Omit<RunRequest, 'runDir' | 'projectDir' | 'k6'> {
  const jobs = containers.containers.flatMap(({ job, service }) =>
    job === null ? [] : [[job, service] as const],
  );
  return {
    runId: options.runId,
    versions: options.versions,
    notJudged: options.notJudged,
    live: false,
    background: null,
    containers: {
      addresses: driverAddresses(around.addresses),
      services: Object.fromEntries(jobs),
      backing: containers.containers.filter(({ job }) => job === null).map((c) => c.service),
      originals: containers.originals,
      logins: secrets.loginsOf(containers),
    },
  };
}

/** Opens Grafana's dashboards in the browser, if there are both; null: nobody can look. */
async function look(parts: Parts, fromMs: number, toMs: number): Promise<Looks> {
  const { plan, containers, options, around, secrets, runtime } = parts;
  const { chromium, runDir } = options;
  const login: Login | undefined = secrets.loginsOf(containers).grafana;
  if (chromium === null || !login || !runtime.names.includes(GRAFANA.service)) return null;
  const port = (await runtime.published(GRAFANA.service))[GRAFANA.port];
  if (port === undefined) return null;
  options.onEvent({ type: 'phase', text: 'opening the dashboards in a browser' });
  return lookAtDashboards({
    chromium,
    url: `http://127.0.0.1:${port}`,
    login,
    dashboards: plan.dashboards,
    fromMs,
    toMs,
    runDir,
    signal: around.signal,
  });
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
