import { HarnessError } from '../../../lib/errors.ts';
import type { StepMeasurement, StepRequest } from '../../../model/capacity-step.ts';
import type { CapacityAccount, CapacityLoad } from '../../../model/capacity-load.ts';
import type { Figures } from '../../../model/figures.ts';
import { begunStep } from '../../measure/begun.ts';
import { figuresOfLoad, virtualUsers } from '../../measure/load-figures.ts';
import { loadMakers, runMeasured, slowestAnswerSeconds } from '../../measure/measured-load.ts';
import { troubleAfter, troubleWithin } from '../../measure/trouble.ts';
import { UseMeter } from '../../measure/use-meter.ts';
import { processesOf } from '../../../technologies/processes.ts';
import { eventsOf } from '../../../technologies/offered.ts';
import { SERVICE_NAMES } from '../../../technologies/registry.ts';
import { serviceComponent } from '../../../technologies/service.ts';
import type { DimensionDriver, DriverPlace } from '../driver.ts';
import { loadedServices } from './loaded-services.ts';
import type { LoadedService } from './loaded-services.ts';
import { askedNow, ownFigures, worst } from './own-figures.ts';
import type { OwnWords } from './own-figures.ts';

/** Longest time that an answer is waited for, ms. */
const TIMEOUT_MS = 5_000;
/**
 * Requests to the services, all at once or one alone, or the events that one takes; Prometheus
 * scrapes them meanwhile as in production.
 */
export async function servicesDriver(place: DriverPlace): Promise<DimensionDriver> {
  const { dimension, runtime, subjects, signal } = place;
  const loaded = loadedServices(place);
  if (loaded.length === 0)
    throw new HarnessError(
      `no service of the stack takes ${dimension.unit}`,
      `The contract names them: components ${SERVICE_NAMES.map(serviceComponent).join(', ')}.`,
    );
  await startWith(place, loaded);
  let k6: number | undefined;
  const meter = meterOf(place, () => k6);
  const step = async (request: StepRequest): Promise<StepMeasurement> => {
    for (const job of subjects.died.keys()) {
      subjects.died.delete(job);
      await runtime.start(job, signal);
    }
    const load = loadOf(place, loaded, request);
    const begun = begunStep(request);
    let before: OwnWords = new Map();
    let own: Record<string, Figures> = {};
    const { k6: program, projectDir, runDir: dir } = place;
    const onStart = (pid: number): void => void (k6 = pid);
    const { account, use } = await runMeasured(
      load,
      { k6: program, projectDir, dir, id: request.id, signal, onStart },
      meter,
      async (moment) => {
        if (moment === 'end') own = await ownFigures(loaded, before);
        else before = await askedNow(loaded);
      },
    );
    const { figures, parts } = figuresOfLoad(load, account);
    return {
      ...begun,
      figures: { ...figures, ...use.figures, ...worst(own) },
      parts: Object.fromEntries(loaded.map(({ name }) => [name, { ...parts[name], ...own[name] }])),
      processes: use.processes,
      trouble: await troubleOf(place, loaded, account),
    };
  };
  return { step };
}

/** Who uses the machine: k6, the services, and what else of the stack runs. */
function meterOf({ runtime, subjects }: DriverPlace, k6: () => number | undefined): UseMeter {
  return new UseMeter({
    allOwn: true,
    watched: () => [
      ...loadMakers(k6()),
      ...runtime.processes().map(({ name, pid }) => {
        const isSubject = subjects.names.has(name);
        return { name, pid, role: isSubject ? 'subject' : 'stack', oneLoop: isSubject } as const;
      }),
    ],
  });
}

/** Starts the services that are loaded, and Prometheus, which scrapes them. */
async function startWith(place: DriverPlace, loaded: LoadedService[]): Promise<void> {
  const { plan, runtime, subjects, signal } = place;
  // The other targets aren't there: nothing of theirs is measured.
  const wanted = plan.jobs.filter(
    (job) => job.component === 'prometheus' || loaded.some((service) => service.job === job.name),
  );
  for (const { job } of loaded) subjects.names.add(job);
  runtime.learn(
    processesOf(place).map((component) => ({
      ...component,
      env: { ...component.env, DIAGNOSTICS: 'on' },
    })),
  );
  place.waitingFor(wanted.map((job) => job.name).join(', '));
  await Promise.all(wanted.map((job) => runtime.start(job.name, signal)));
}

/** What went wrong with the services in a step: the first that died, else what k6 met, else now. */
async function troubleOf(
  { subjects, signal }: DriverPlace,
  loaded: LoadedService[],
  account: CapacityAccount,
): Promise<StepMeasurement['trouble']> {
  const died = loaded.flatMap(({ job }) => subjects.died.get(job) ?? [])[0];
  if (died) return { kind: 'died', detail: died.message };
  const after = await Promise.all(
    loaded.map(({ name, base }) => troubleAfter(name, `${base}/metrics`, signal)),
  );
  return troubleWithin(account) ?? after.find((trouble) => trouble !== null) ?? null;
}

function loadOf(
  { dimension }: DriverPlace,
  loaded: LoadedService[],
  { load, warmUpMs, measuredMs }: StepRequest,
): CapacityLoad {
  return {
    kind: eventsOf(dimension)?.id ?? 'requests',
    rate: load,
    warmUpMs,
    measuredMs,
    virtualUsers: virtualUsers(load, slowestAnswerSeconds(dimension)),
    timeoutMs: TIMEOUT_MS,
    urls: Object.fromEntries(loaded.map(({ name, base }) => [name, base])),
  };
}
