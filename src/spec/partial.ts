import { InputError } from '../lib/errors.ts';
import type { AlertPromise, AskedTechnology, PartialContract } from '../model/promise.ts';
import type { Stack } from '../stack/index.ts';
import { partialShape } from './partial-schema.ts';
import { oneOf } from './issue-text.ts';
import { YamlSource } from './yaml-source.ts';

/** What is promised of anything but alerts. */
const OTHERS = ['metrics', 'dashboards', 'capacity', 'telling', 'scraping'];

/**
 * Whether a stack's contract leaves open what runs behind its targets: no job names a component.
 * Then there is nothing of the real kind to start, and what it promises is held against synthetic
 * targets.
 */
export function isPartialContract({ contract }: Stack): boolean {
  const jobs = contract?.root.get('jobs').entries() ?? [];
  return contract !== undefined && !jobs.some(({ value }) => value.get('component').exists);
}

/**
 * A contract that says what it wants to say and leaves the rest open.
 * @returns undefined where there is none
 * @throws InputError with all problems at once, each with its place
 */
export function readPartialContract(stack: Stack): PartialContract | undefined {
  const { contract } = stack;
  if (!contract) return undefined;
  const source = new YamlSource(contract.root);
  source.check(partialShape.file, []);
  const alerts = eachOf(source, ['alerts']).flatMap((path): AlertPromise[] => {
    const alert = source.check(partialShape.alert, path);
    return alert ? [promiseOf(alert, path, source)] : [];
  });
  for (const path of source.entries(['jobs'])) source.check(partialShape.job, path);
  for (const path of source.entries(['receivers'])) source.check(partialShape.receiver, path);
  for (const path of source.entries(['metrics'])) source.check(partialShape.metric, path);
  for (const board of source.entries(['dashboards']))
    for (const path of eachOf(source, board)) source.check(partialShape.panel, path);
  const technologies = askedTechnologies(source);
  holdNames(source, stack);
  if (source.problems.length > 0) throw new InputError(source.problems);
  const others = OTHERS.filter((key) => contract.root.has(key));
  return { file: source.file, alerts, technologies, others };
}

/** Each once: what stands behind an exporter has one name, whoever asks for it. */
function askedTechnologies(source: YamlSource): AskedTechnology[] {
  const asked = source.entries(['technologies']).map((path) => ({
    job: String(path[1]),
    technology: String(source.get(path)),
    source: source.at(path, true),
    path,
  }));
  return asked.map(({ path, ...one }, i) => {
    const first = asked.slice(0, i).find(({ technology }) => technology === one.technology);
    if (first)
      source.say(
        path,
        `${one.technology} stands behind the job ${first.job} already`,
        'each technology behind one job',
      );
    return one;
  });
}

/** Paths of a map's entries; where several have a name, each of the list. */
function eachOf(source: YamlSource, path: PropertyKey[]): PropertyKey[][] {
  return source
    .entries(path)
    .flatMap((entry) => (Array.isArray(source.get(entry)) ? source.entries(entry) : [entry]));
}

type Written = NonNullable<ReturnType<typeof partialShape.alert.safeParse>['data']>;

function promiseOf(alert: Written, path: PropertyKey[], source: YamlSource): AlertPromise {
  const { severity, for: forMs, keep_firing_for: keepFiringForMs, every: everyMs } = alert;
  return {
    name: String(path[1]),
    says: alert.says ?? [],
    source: source.at(path, true),
    ...(alert.expr === undefined ? {} : { expr: alert.expr }),
    ...(severity === undefined ? {} : { severity }),
    ...(forMs === undefined ? {} : { forMs }),
    ...(keepFiringForMs === undefined ? {} : { keepFiringForMs }),
    ...(everyMs === undefined ? {} : { everyMs }),
    ...(alert.receivers === undefined ? {} : { receivers: alert.receivers }),
  };
}

/** Names that the stack's own files must have. */
function holdNames(source: YamlSource, stack: Stack): void {
  const known = (path: PropertyKey[], what: string, name: string, names: string[]): void => {
    if (!names.includes(name)) source.say(path, `${what} \`${name}\``, oneOf(name, names), true);
  };
  const rules = stack.rules.filter(({ kind }) => kind === 'alert').map(({ name }) => name);
  const receivers = stack.alertmanagers.flatMap((one) => one.receivers.map(({ name }) => name));
  const jobs = stack.prometheus.flatMap((one) => one.jobs.map(({ name }) => name));
  for (const path of source.entries(['alerts']))
    known(path, 'no rule file has an alert', String(path[1]), rules);
  for (const path of eachOf(source, ['alerts']))
    for (const at of source.entries([...path, 'receivers']))
      known(at, 'Alertmanager has no receiver', String(source.get(at)), receivers);
  for (const path of source.entries(['receivers']))
    known(path, 'Alertmanager has no receiver', String(path[1]), receivers);
  for (const path of [...source.entries(['jobs']), ...source.entries(['technologies'])])
    known(path, 'no scrape job has the name', String(path[1]), jobs);
}
