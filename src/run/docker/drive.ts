import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { baseOfServices } from '../../images/index.ts';
import { HarnessError } from '../../lib/errors.ts';
import { GRAFANA, HOST_VOLUMES, hostVolumes } from '../../model/containers.ts';
import type { ContainersPlan, Login } from '../../model/containers.ts';
import type { Evidence } from '../../model/evidence.ts';
import { answerTo, carryOut, deathOf } from '../../runtimes/remote/serve.ts';
import type { Looks, RunCall, RunRequest } from '../events.ts';
import { readEvidence } from '../read-evidence.ts';
import { driverAddresses } from './addresses.ts';
import { DRIVER_HOST } from './driver-plan.ts';
import { Driver } from './driver.ts';
import { lookAtDashboards } from './look/index.ts';
import type { Parts } from './parts.ts';
import { tellPorts } from './ports.ts';

/**
 * Starts the containers and the driver, carries out what the driver asks for, and reads what it
 * leaves.
 */
export async function drive(parts: Parts): Promise<Evidence> {
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
