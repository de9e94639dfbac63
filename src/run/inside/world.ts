import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Disposal } from '../../lib/disposal.ts';
import type { HarnessError } from '../../lib/errors.ts';
import { until } from '../../lib/wait.ts';
import type { Evidence } from '../../model/evidence.ts';
import { OBSERVER } from '../../model/observed.ts';
import type { Plan } from '../../model/plan.ts';
import { splitTarget } from '../../lib/target.ts';
import { addresses } from '../addresses.ts';
import type { RunRequest } from '../events.ts';
import { readCertificate } from '../certificate.ts';
import { SECRETS, TLS } from '../prepare.ts';
import { hostActors, infrastructureActors } from './clients/index.ts';
import type { Actor } from './clients/actor.ts';
import { processesOf } from './components/index.ts';
import type { Place } from './components/index.ts';
import { ContainerSupervisor } from '../../runtimes/docker/supervisor.ts';
import { startControl } from './control.ts';
import type { Control } from './control.ts';
import { startLoad } from './load.ts';
import type { Load } from './load.ts';
import { startObserver } from './sinks/observer.ts';
import { SINKS } from './sinks/registry.ts';
import { ConnectionWatch } from './stimuli/connections.ts';
import { SyntheticHost } from './stimuli/host.ts';
import type { Outside } from '../../runtimes/docker/outside.ts';
import { ProcessSupervisor } from '../../runtimes/native/supervisor.ts';
import type { Supervisor } from '../../runtimes/supervisor.ts';
import type { Truth } from './truth.ts';

const K6_WITHIN_MS = 30_000;
/** Services with the metrics of HTTP. */
const OURS = ['fake/backend', 'fake/streaming', 'fake/ai'];

/** Everything of a run that is alive. */
export interface World {
  host: SyntheticHost;
  /** Who acts on each signal that neither k6 nor the supervisor acts on. */
  actors: Record<string, Actor>;
  /** What is known from outside of the stack, by those who made it so. */
  truths: Truth[];
  supervisor: Supervisor;
  control: Control;
  load: Load;
}

export interface WorldOptions {
  /** Where the receivers put what they get. */
  evidence: Pick<Evidence, 'notifications' | 'deliveries' | 'pushes'>;
  signal: AbortSignal;
  /** Aborted with the error when a component dies. */
  crash: AbortController;
  /** Whatever is started is registered here before it starts. */
  disposal: Disposal;
  /** Who steers the containers, if there are any. */
  outside: Outside | null;
}

/**
 * Starts the receivers, the synthetic host, every component and k6, side by side, and waits until each answers.
 * @throws HarnessError that names the one that doesn't
 */
export async function startWorld(
  plan: Plan,
  request: RunRequest,
  { evidence, signal, crash, disposal, outside }: WorldOptions,
): Promise<World> {
  const { containers } = request;
  const place = {
    plan,
    runDir: request.runDir,
    projectDir: request.projectDir,
    addresses: containers?.addresses ?? addresses(plan),
  };
  const supervisor = supervisorOf(place, request, outside, (error) => crash.abort(error));
  disposal.defer(() => supervisor.stopAll());
  const host = disposal.use(
    new SyntheticHost(join(request.runDir, 'host'), plan.speed, containers === null),
  );
  const ip = (name: string): string => place.addresses[name] ?? '127.0.0.1';
  const first = (name: string, otherwise: number): number =>
    plan.signals[name]?.[0]?.level ?? otherwise;
  const [smtpPassword, tls, control] = await Promise.all([
    readFile(join('/', SECRETS, 'smtp_password'), 'utf8'),
    readCertificate(join(request.runDir, TLS)),
    startControl(ip('control')),
    host.start({
      cpu: first('host-cpu', 0.2),
      memory: first('host-memory', 0.4),
      diskFree: first('disk-free', 0.6),
    }),
  ]);
  disposal.use(control);
  const sinks = [
    startObserver(ip(OBSERVER.host), plan.integrations, {
      notification: (n) => void evidence.notifications.push(n),
      push: (p) => void evidence.pushes.push(p),
    }),
    ...SINKS.map((sink) =>
      sink.start({ ip, tls, smtpPassword, deliver: (d) => void evidence.deliveries.push(d) }),
    ),
  ];
  for (const sink of await Promise.all(sinks)) disposal.use(sink);

  const starting = Promise.all(supervisor.names.map((name) => supervisor.start(name, signal)));
  starting.catch((error: unknown) => crash.abort(error));
  const load = await startLoad(
    request.k6,
    plan,
    request.runDir,
    request.projectDir,
    request.live ? 'day.ts' : 'main.ts',
  );
  disposal.defer(() => load.stop());
  load.finished.catch((error: unknown) => crash.abort(error));
  await starting;
  const actors = {
    ...hostActors(host),
    ...(await infrastructureActors(plan, disposal, containers?.logins ?? {})),
  };
  const watch = disposal.use(
    new ConnectionWatch(
      plan.jobs.flatMap((job) =>
        OURS.includes(job.component)
          ? [
              {
                job: job.name,
                ip: ip(splitTarget(job.target).host),
                port: splitTarget(job.target).port,
                scrapeMs: job.scrapeMs,
              },
            ]
          : [],
      ),
      containers === null ? 'both ends' : 'client ends',
    ),
  );
  watch.start();
  await until(() => Promise.resolve(control.isWaiting() || undefined), {
    what: 'k6 is ready (its output is in logs/k6.log)',
    timeoutMs: K6_WITHIN_MS,
    signal,
  });
  return {
    host,
    actors,
    truths: [...Object.values(actors).flatMap((actor) => actor.truths), ...watch.truths],
    supervisor,
    control,
    load,
  };
}

function supervisorOf(
  place: Place,
  request: RunRequest,
  outside: Outside | null,
  onCrash: (error: HarnessError) => void,
): Supervisor {
  if (!request.containers || !outside) {
    const processes = new ProcessSupervisor(join(request.runDir, 'logs'), onCrash);
    processes.learn(processesOf(place));
    return processes;
  }
  outside.onCrash(onCrash);
  return new ContainerSupervisor(place.plan, request.containers, outside);
}
