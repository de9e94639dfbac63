import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Disposal } from '../../lib/disposal.ts';
import type { ClockStepped } from '../../lib/clocks.ts';
import type { HarnessError } from '../../lib/errors.ts';
import { LagWatch } from '../../lib/lag-watch.ts';
import { unlessAborted, until } from '../../lib/wait.ts';
import type { Evidence } from '../../model/evidence.ts';
import { OBSERVER } from '../../model/observed.ts';
import type { Plan } from '../../model/plan.ts';
import { addresses } from '../addresses.ts';
import type { Outside, RunRequest } from '../events.ts';
import { readCertificate } from '../certificate.ts';
import { SECRETS, TLS } from '../prepare.ts';
import type { Actor, Outage } from '../../technologies/actor.ts';
import { enter } from '../../technologies/entering.ts';
import type { Stage } from '../../technologies/entering.ts';
import { processesOf } from '../../technologies/processes.ts';
import type { Place } from '../../technologies/running.ts';
import type { Truth } from '../../technologies/truth.ts';
import { containersOf } from './components.ts';
import { RemoteRuntime } from '../../runtimes/remote/remote-runtime.ts';
import { startControl } from './control.ts';
import type { Control } from './control.ts';
import { fillOriginals } from './originals.ts';
import type { FilledOriginal } from './originals.ts';
import { startLoad } from '../../k6/plan-load.ts';
import type { Load } from '../../k6/plan-load.ts';
import { startObserver } from './sinks/observer.ts';
import { SINKS } from './sinks/registry.ts';
import type { SinkContext } from './sinks/sink.ts';
import { ProcessRuntime } from '../../runtimes/native/processes.ts';
import type { Runtime } from '../../runtimes/runtime.ts';

const K6_WITHIN_MS = 30_000;

/** Everything of a run that is alive. */
export interface World {
  /** Notes when the harness itself was held up. */
  lagWatch: LagWatch;
  /** Who acts on each signal that neither k6 nor the runtime acts on. */
  actors: Record<string, Actor>;
  /** What is known from outside of the stack, by those who made it so. */
  truths: Truth[];
  /** Who stops what has to go on as a process. */
  outages: Outage[];
  runtime: Runtime;
  control: Control;
  load: Load;
  /** Real programs that run beside their stand-ins. */
  originals: FilledOriginal[];
}

export interface WorldOptions {
  /** Where the receivers put what they get. */
  evidence: Pick<Evidence, 'notifications' | 'deliveries' | 'pushes'>;
  signal: AbortSignal;
  /** Aborted with the error when a component dies. */
  crash: AbortController;
  /** Told when the machine's clock was stepped. */
  onClockStep: (step: ClockStepped) => void;
  /** Whatever is started is registered here before it starts. */
  disposal: Disposal;
  /** Who steers the containers, if there are any. */
  outside: Outside | null;
}

/**
 * Starts the receivers, the synthetic host, every component and k6, side by side, and waits until
 * each answers.
 * @throws HarnessError that names the one that doesn't
 */
export async function startWorld(
  plan: Plan,
  request: RunRequest,
  options: WorldOptions,
): Promise<World> {
  const { signal, crash, disposal } = options;
  const stage = stageOf(plan, request, disposal);
  const runtime = runtimeOf(plan, stage, request, options);
  disposal.defer(() => runtime.stopAll());
  const lagWatch = disposal.use(new LagWatch(options.onClockStep));
  const before = await enter(stage, 'before', signal);
  const starting = Promise.all(
    inOrder(runtime.names, plan).map((name) => runtime.start(name, signal)),
  );
  starting.catch((error: unknown) => crash.abort(error));
  const control = await startAround(plan, stage, runtime, options.evidence);
  const load = await startLoad(plan, request, request.live ? 'day.ts' : 'main.ts');
  disposal.defer(() => load.stop());
  load.finished.catch((error: unknown) => crash.abort(error));
  await starting;
  // Who connects to a component that has died meanwhile may try for ever.
  const [acting, originals] = await unlessAborted(
    Promise.all([enter(stage, 'acting', signal), fillOriginals(plan, request.containers, signal)]),
    signal,
  );
  await untilK6Waits(control, signal);
  return {
    lagWatch,
    actors: { ...before.actors, ...acting.actors },
    truths: [...before.truths, ...acting.truths],
    outages: [...before.outages, ...acting.outages],
    runtime,
    control,
    load,
    originals,
  };
}

/** Prometheus first: it hands out its targets 5 s after its start, and everybody waits for them. */
function inOrder(names: string[], { jobs }: Plan): string[] {
  const first = jobs.filter(({ component }) => component === 'prometheus').map(({ name }) => name);
  return [...names].sort((a, b) => Number(first.includes(b)) - Number(first.includes(a)));
}

/** What technologies are told of the world that they act upon. */
function stageOf(
  plan: Plan,
  { runDir, projectDir, containers }: RunRequest,
  disposal: Disposal,
): Stage {
  return {
    plan,
    runDir,
    projectDir,
    addresses: containers?.addresses ?? addresses(plan),
    signals: plan.signals,
    logins: containers?.logins ?? {},
    inContainers: containers !== null,
    disposal,
  };
}

/** What is there beside components: who releases k6, and who is told. */
async function startAround(
  plan: Plan,
  stage: Stage,
  runtime: Runtime,
  evidence: WorldOptions['evidence'],
): Promise<Control> {
  const { runDir, disposal } = stage;
  const ip = (host: string): string => runtime.address(host);
  const [smtpPassword, tls, control] = await Promise.all([
    readFile(join('/', SECRETS, 'smtp_password'), 'utf8'),
    readCertificate(join(runDir, TLS)),
    startControl(ip('control')),
  ]);
  disposal.use(control);
  const from = Object.values(stage.addresses);
  const sinks = receiversOf(plan, evidence, { ip, from, tls, smtpPassword });
  for (const sink of await Promise.all(sinks)) disposal.use(sink);
  return control;
}

/** @throws HarnessError when k6 isn't ready in time; the signal's reason when aborted */
async function untilK6Waits(control: Control, signal: AbortSignal): Promise<void> {
  await until(() => Promise.resolve(control.isWaiting() || undefined), {
    what: 'k6 is ready (its output is in logs/k6.log)',
    timeoutMs: K6_WITHIN_MS,
    signal,
  });
}

/** Everybody who is told: the harness's own observer, and who stands in for the world outside. */
function receiversOf(
  plan: Plan,
  evidence: WorldOptions['evidence'],
  get: Omit<SinkContext, 'deliver'>,
): Promise<AsyncDisposable>[] {
  return [
    startObserver({ ip: get.ip(OBSERVER.host), from: get.from }, plan.integrations, {
      notification: (n) => void evidence.notifications.push(n),
      push: (p) => void evidence.pushes.push(p),
    }),
    ...SINKS.map((sink) =>
      sink.start({ ...get, deliver: (d) => void evidence.deliveries.push(d) }),
    ),
  ];
}

/** Processes beside the run inside, or containers that the harness outside steers. */
function runtimeOf(
  plan: Plan,
  place: Place,
  { runDir, containers }: RunRequest,
  { outside, crash }: WorldOptions,
): Runtime {
  const onCrash = (error: HarnessError): void => crash.abort(error);
  if (!containers || !outside) {
    const processes = new ProcessRuntime({ runDir, addresses: place.addresses, onCrash });
    processes.learn(processesOf(place));
    return processes;
  }
  outside.onCrash(onCrash);
  return new RemoteRuntime(containersOf(plan, containers), place.addresses, outside);
}
