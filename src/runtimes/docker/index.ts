import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError, messageOf } from '../../lib/errors.ts';
import { removeScratch } from '../../lib/scratch.ts';
import { GRAFANA, HOST_VOLUMES, TRUSTED, hostVolumes } from '../../model/containers.ts';
import type { ContainersPlan, SecretForm } from '../../model/containers.ts';
import type { Evidence } from '../../model/evidence.ts';
import { OBSERVER } from '../../model/observed.ts';
import type { Plan } from '../../model/plan.ts';
import { writeCertificate } from '../../run/certificate.ts';
import type { Login } from '../../model/containers.ts';
import type { ContainerWorld, Looks, RunCall, RunEvent } from '../../run/events.ts';
import { SECRETS, TLS, alertmanagerSecrets } from '../../run/prepare.ts';
import { readEvidence } from '../../run/read-evidence.ts';
import type { Placed } from './archive.ts';
import { RunContainer } from './containers.ts';
import type { Surroundings } from './containers.ts';
import { DRIVER, DRIVER_HOST, Driver } from './driver.ts';
import { OWNER_LABEL, RUN_LABEL, ownerLabel } from './engine.ts';
import type { Engine } from './engine.ts';
import { removeRun } from './leftovers.ts';
import { lookAtDashboards } from './look/index.ts';
import { createNetwork } from './network.ts';
import { baseOfServices } from '../../images/index.ts';
import { createVolumes } from './volumes.ts';

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

/** Receivers, and what only the driver itself asks: names that lead to the driver's container. */
const RECEIVERS = ['smtp', 'slack', 'deadman', OBSERVER.host];
const OWN_LOOPBACK: Record<string, string> = { control: '127.0.1.1', inbox: '127.0.1.2' };

/**
 * Executes a plan on the docker runtime: on a network of the run's own, each service of the compose file in a container,
 * and the driver beside them. Everything carries the run's label, and is removed at the end whatever happened.
 * @returns the evidence, also of a run that was interrupted
 * @throws HarnessError when not even evidence could be written
 */
export async function executeInContainers(
  plan: Plan,
  containers: ContainersPlan,
  options: ContainerRunOptions,
): Promise<Evidence> {
  const { docker } = options.engine;
  const { runId, runDir } = options;
  const logs = join(runDir, 'logs');
  await mkdir(logs, { recursive: true });
  await Promise.all([
    writeFile(join(runDir, 'plan.json'), JSON.stringify(plan)),
    writeCertificate(join(runDir, TLS)),
  ]);
  const labels = { [RUN_LABEL]: runId, [OWNER_LABEL]: ownerLabel() };
  const end = new AbortController();
  // Every container listens to it: many are no leak.
  setMaxListeners(0, end.signal);
  const started: RunContainer[] = [];
  try {
    options.onEvent({ type: 'phase', text: 'making containers' });
    const prefix = `gtv-${runId}`;
    const [network] = await Promise.all([
      createNetwork(
        docker,
        prefix,
        [...containers.containers.map((c) => c.service), DRIVER],
        labels,
      ),
      createVolumes(docker, containers.volumes, prefix, labels),
    ]);
    const driverAddress = network.addresses[DRIVER] ?? '';
    const addresses = {
      ...network.addresses,
      ...Object.fromEntries(RECEIVERS.map((name) => [name, driverAddress])),
    };
    const around: Surroundings = {
      docker,
      prefix,
      labels,
      network: network.name,
      addresses,
      signal: end.signal,
      onDeath: (error) =>
        driver.tell({ type: 'crash', message: error.message, advice: error.advice }),
    };
    const secrets = new Secrets();
    const cert = await readFile(join(runDir, TLS, 'cert.pem'));
    const alertmanager = alertmanagerSecrets();
    const files = (service: string): Placed[] => {
      const of = containers.containers.find((c) => c.service === service);
      const isAlertmanager = of?.environment['SSL_CERT_FILE'] === TRUSTED;
      return [
        ...(of?.secrets ?? []).map(({ name, path, form }) => ({
          path,
          content: secrets.text(name, form),
        })),
        ...(isAlertmanager
          ? [
              { path: TRUSTED, content: cert },
              ...Object.entries(alertmanager).map(([path, content]) => ({
                path: `/${path}`,
                content,
              })),
            ]
          : []),
      ];
    };
    const logins: ContainerWorld['logins'] = Object.fromEntries(
      Object.entries(containers.logins).map(([who, { user, secret }]) => [
        who,
        { user, password: secrets.password(secret) } satisfies Login,
      ]),
    );
    const all = new Map(
      containers.containers.map((each) => [
        each.service,
        new RunContainer(each, around, files(each.service)),
      ]),
    );
    started.push(...all.values());
    const look = async (fromMs: number, toMs: number): Promise<Looks> => {
      const port = (await all.get(GRAFANA.service)?.published())?.[GRAFANA.port];
      const { chromium } = options;
      if (chromium === null || port === undefined || !logins.grafana) return null;
      options.onEvent({ type: 'phase', text: 'opening the dashboards in a browser' });
      return lookAtDashboards({
        chromium,
        url: `http://127.0.0.1:${port}`,
        login: logins.grafana,
        dashboards: plan.dashboards,
        fromMs,
        toMs,
        runDir,
        signal: end.signal,
      });
    };
    const driver = new Driver({
      docker,
      around: { ...around, addresses: { ...addresses, ...OWN_LOOPBACK } },
      plan,
      k6: options.k6,
      image: baseOfServices(),
      runDir,
      smtpPassword: alertmanager[`${SECRETS}/smtp_password`] ?? '',
      volumes: hostVolumes(DRIVER_HOST, false),
      request: {
        runId,
        versions: options.versions,
        notJudged: options.notJudged,
        live: false,
        background: null,
        containers: {
          addresses: { ...addresses, ...OWN_LOOPBACK },
          services: Object.fromEntries(
            containers.containers.flatMap((c) => (c.job === null ? [] : [[c.job, c.service]])),
          ),
          backing: containers.containers.filter((c) => c.job === null).map((c) => c.service),
          logins,
        },
      },
      onEvent: (event) => {
        if (event.type === 'call') void carryOut(event, all, driver, look, runDir);
        else options.onEvent(event);
      },
    });
    // Prometheus hands out its targets 5 s after its start: everything starts at once, the driver beside it; but for who
    // reads the synthetic host, which the driver makes first.
    const starting = [...all.values()]
      .filter(({ plan: { volumes } }) => !volumes.some((v) => v.name === HOST_VOLUMES.files))
      .map((container) => container.start(all));
    // The driver asks for each of them, and is told what went wrong.
    for (const each of starting) each.catch(() => undefined);
    void tellPorts(options, [...all.values()], starting);
    await driver.start();
    const stop = (): void => driver.stop();
    options.signal.addEventListener('abort', stop, { once: true });
    if (options.signal.aborted) stop();
    const code = await driver.ended();
    options.signal.removeEventListener('abort', stop);
    return await readEvidence(
      runDir,
      code,
      await readFile(join(logs, 'run.log'), 'utf8').catch(() => ''),
    );
  } finally {
    end.abort(new Error('the run has ended'));
    for (const container of started) container.release();
    await Promise.all(started.map((container) => container.saveLog(logs).catch(() => undefined)));
    // What went wrong before is the news, not this.
    await removeRun(docker, runId).catch((error: unknown) =>
      options.onEvent({
        type: 'line',
        text: `not all of the run could be removed from the engine: ${messageOf(error)}; \`npm run down\` tries again when this has ended`,
      }),
    );
    await removeScratch(runDir);
  }
}

/** Says where one can look while the run goes on; of an engine on another machine the ports are on that machine's loopback. */
async function tellPorts(
  { engine, onEvent }: ContainerRunOptions,
  containers: RunContainer[],
  starting: Promise<void>[],
): Promise<void> {
  if (!engine.local) return;
  await Promise.allSettled(starting);
  for (const container of containers.filter(({ plan }) => plan.ports.length > 0)) {
    const published = await container.published().catch(() => ({}));
    for (const port of Object.values(published))
      onEvent({
        type: 'line',
        text: `  ${container.plan.service} is at http://127.0.0.1:${port} while the run goes on`,
      });
  }
}

/** Carries out what the run inside asks for, and answers. */
async function carryOut(
  call: RunCall,
  all: Map<string, RunContainer>,
  driver: Driver,
  look: (fromMs: number, toMs: number) => Promise<Looks>,
  runDir: string,
): Promise<void> {
  try {
    const looks =
      call.verb === 'look'
        ? await look(call.fromMs, call.toMs)
        : call.verb === 'fetch'
          ? await takeOut(call, all, runDir)
          : await steer(call, all);
    driver.tell({ type: 'done', id: call.id, failure: null, looks });
  } catch (error) {
    driver.tell({
      type: 'done',
      id: call.id,
      failure: {
        message: messageOf(error),
        advice: error instanceof HarnessError ? error.advice : "The words are the engine's own.",
      },
      looks: null,
    });
  }
}

function serviceOf(all: Map<string, RunContainer>, service: string): RunContainer {
  const container = all.get(service);
  if (container) return container;
  throw new HarnessError(`there is no service ${service}`, 'This is a fault of the harness.');
}

async function takeOut(
  { service, path, to }: Extract<RunCall, { verb: 'fetch' }>,
  all: Map<string, RunContainer>,
  runDir: string,
): Promise<null> {
  await serviceOf(all, service).takeOut(path, join(runDir, to));
  return null;
}

async function steer(
  { verb, service }: Exclude<RunCall, { verb: 'look' | 'fetch' }>,
  all: Map<string, RunContainer>,
): Promise<null> {
  const container = serviceOf(all, service);
  if (verb === 'start') await container.start(all);
  else if (verb === 'freeze') await container.freeze();
  else if (verb === 'thaw') await container.thaw();
  else await container.kill();
  return null;
}

/** A run's secrets: each made once, when it is first asked for. */
class Secrets {
  private readonly words = new Map<string, string>();

  /** The secret word itself. */
  password(name: string): string {
    const word = this.words.get(name) ?? randomBytes(24).toString('hex');
    this.words.set(name, word);
    return word;
  }

  /** What stands in the secret's file. */
  text(name: string, form: SecretForm): string {
    return form === 'word'
      ? this.password(name)
      : `default_user = gtvision\ndefault_pass = ${this.password(name)}\n`;
  }
}
