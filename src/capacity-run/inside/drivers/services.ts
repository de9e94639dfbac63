import { HarnessError } from '../../../lib/errors.ts';
import type { StepMeasurement, StepRequest } from '../../../model/capacity-step.ts';
import type { CapacityAccount, CapacityLoad } from '../../../model/capacity-load.ts';
import type { Figures } from '../../../model/figures.ts';
import { begunStep } from '../../measure/begun.ts';
import { figuresOfLoad, virtualUsers } from '../../measure/load-figures.ts';
import { loadMakers, runMeasured, slowestAnswerSeconds } from '../../measure/measured-load.ts';
import { readServed, servedFigures } from '../../measure/served.ts';
import type { Served } from '../../measure/served.ts';
import { troubleAfter, troubleWithin } from '../../measure/trouble.ts';
import { UseMeter } from '../../measure/use-meter.ts';
import { processesOf } from '../../../technologies/processes.ts';
import { get } from '../../../lib/http.ts';
import { eventsOf, serviceOf } from '../../../technologies/offered.ts';
import { SERVICE_NAMES } from '../../../technologies/registry.ts';
import { serviceComponent } from '../../../technologies/service.ts';
import type { DimensionDriver, DriverPlace } from '../driver.ts';

/** Longest time that an answer is waited for, ms. */
const TIMEOUT_MS = 5_000;
/**
 * What a service says of itself is worth waiting for a moment, not for the whole measured part, ms.
 */
const ASK_WITHIN_MS = 2_000;
/** Where a service says how long its event loop was held up (fake-services/lib/event-loop.ts). */
const EVENT_LOOP = '/diagnostics/event-loop';

interface Service {
  /** What it is called in limits and figures. */
  name: string;
  /** Its job in the stack at hand. */
  job: string;
  base: string;
}

/**
 * Requests to the services, all at once or one alone, or the events that one takes; Prometheus
 * scrapes them meanwhile as in production.
 */
export async function servicesDriver(place: DriverPlace): Promise<DimensionDriver> {
  const { dimension, runtime, subjects, signal } = place;
  const loaded = servicesOf(place);
  if (loaded.length === 0)
    throw new HarnessError(
      `no service of the stack takes ${dimension.unit}`,
      `The contract names them: components ${SERVICE_NAMES.map(serviceComponent).join(', ')}.`,
    );
  await startWith(place, loaded);
  let k6: number | undefined;
  const meter = new UseMeter({
    allOwn: true,
    watched: () => [
      ...loadMakers(k6),
      ...runtime.processes().map(({ name, pid }) => ({
        name,
        pid,
        role: subjects.names.has(name) ? ('subject' as const) : ('stack' as const),
        oneLoop: subjects.names.has(name),
      })),
    ],
  });
  const step = async (request: StepRequest): Promise<StepMeasurement> => {
    for (const job of subjects.died.keys()) {
      subjects.died.delete(job);
      await runtime.start(job, signal);
    }
    const load = loadOf(place, loaded, request);
    const begun = begunStep(request);
    let before = new Map<string, Served>();
    let own: Record<string, Figures> = {};
    const { k6: program, projectDir, runDir: dir } = place;
    const onStart = (pid: number): void => void (k6 = pid);
    const { account, use } = await runMeasured(
      load,
      { k6: program, projectDir, dir, id: request.id, signal, onStart },
      meter,
      async (moment) => {
        if (moment === 'end') own = await ownFigures(loaded, before);
        else [before] = await Promise.all([ask(loaded), ...loaded.map(lagSinceAsked)]);
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

/** Starts the services that are loaded, and Prometheus, which scrapes them. */
async function startWith(place: DriverPlace, loaded: Service[]): Promise<void> {
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
  loaded: Service[],
  account: CapacityAccount,
): Promise<StepMeasurement['trouble']> {
  const died = loaded.flatMap(({ job }) => subjects.died.get(job) ?? [])[0];
  if (died) return { kind: 'died', detail: died.message };
  const after = await Promise.all(
    loaded.map(({ name, base }) => troubleAfter(name, `${base}/metrics`, signal)),
  );
  return troubleWithin(account) ?? after.find((trouble) => trouble !== null) ?? null;
}

/** `requests`: all; `requests/api`: that one; events: who takes them. */
function servicesOf({ dimension, plan }: DriverPlace): Service[] {
  const one = eventsOf(dimension)?.service ?? dimension.id.split('/')[1];
  const names = dimension.limits.flatMap(({ part }) => part ?? []);
  return plan.jobs.flatMap((job) => {
    const name = serviceOf(job.component);
    return name !== undefined && names.includes(name) && (one === undefined || name === one)
      ? [{ name, job: job.name, base: `http://${job.target}` }]
      : [];
  });
}

function loadOf(
  { dimension }: DriverPlace,
  loaded: Service[],
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

/** Each service's own metrics now; one that doesn't answer in time is left out. */
async function ask(loaded: Service[]): Promise<Map<string, Served>> {
  const answers = await Promise.all(
    loaded.map(
      async ({ name, base }) =>
        [
          name,
          await get(`${base}/metrics`, ASK_WITHIN_MS).then(readServed, () => undefined),
        ] as const,
    ),
  );
  return new Map(answers.flatMap(([name, served]) => (served ? [[name, served] as const] : [])));
}

/** What each service says of itself since it was asked before. */
async function ownFigures(
  loaded: Service[],
  before: Map<string, Served>,
): Promise<Record<string, Figures>> {
  const [now, lags] = await Promise.all([ask(loaded), Promise.all(loaded.map(lagSinceAsked))]);
  return Object.fromEntries(
    loaded.map(({ name }, i) => {
      const [from, to, lag] = [before.get(name), now.get(name), lags[i]];
      return [
        name,
        {
          ...(from && to ? servedFigures(from, to) : {}),
          ...(lag === undefined ? {} : { eventLoopLagP99Seconds: lag }),
        },
      ];
    }),
  );
}

async function lagSinceAsked({ base }: Service): Promise<number | undefined> {
  try {
    return (JSON.parse(await get(`${base}${EVENT_LOOP}`, ASK_WITHIN_MS)) as { p99Seconds: number })
      .p99Seconds;
  } catch {
    // Too busy to say: that it is will show elsewhere.
    return undefined;
  }
}

/** Of several services, the worst of what can be compared, and the sum of what can be added. */
function worst(own: Record<string, Figures>): Figures {
  const values = (name: keyof Figures): number[] =>
    Object.values(own).flatMap((figures) => figures[name] ?? []);
  const of = (name: keyof Figures, together: (numbers: number[]) => number): Figures =>
    values(name).length === 0 ? {} : { [name]: together(values(name)) };
  const most = (numbers: number[]): number => Math.max(...numbers);
  return {
    ...of('servedP95Seconds', most),
    ...of('servedErrorShare', most),
    ...of('eventLoopLagP99Seconds', most),
    ...of('connections', (numbers) => numbers.reduce((a, b) => a + b, 0)),
  };
}
