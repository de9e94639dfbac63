import type { JobContract } from '../model/contract.ts';
import type { Spec } from '../model/spec.ts';
import { outagesApart, outagesOf, partOf } from './apart.ts';
import type { Selection } from './selection.ts';
import { selectable } from './selection.ts';
import { isActiveWith, withJobs } from './smaller-world.ts';

/** What is proved in a world of its own. */
export interface WorldShare {
  /** Its folder's name below the run's `worlds`; null: the run's own. */
  name: string | null;
  selection: Selection;
  /** What is in it. */
  spec: Spec;
}

/** The folder of the smaller world. */
const OUTAGES = 'outages';

/**
 * A proof cut into worlds that run side by side. An outage ends what else is measured at its
 * component, and that of the monitoring ends everything. So the monitoring's own outages take a
 * smaller world, which has little more in it, and with them go those that the first world would be
 * through with last. Everything else stays together, since panels and metrics are held against all
 * that is done.
 * @param most how many worlds the machine bears
 * @param speed at which they run
 */
export function worldsOf(
  spec: Spec,
  selection: Selection,
  most: number,
  speed: number,
): WorldShare[] {
  const whole: WorldShare = { name: null, selection, spec };
  const monitoring = spec.contract.jobs.filter(isMonitoring);
  if (most < 2 || !standsAlone(spec, monitoring)) return [whole];
  const silent = outagesOf(spec).filter(({ job }) => job.toldBySilence);
  const apart = outagesApart(spec, selection, speed, { jobs: monitoring, outages: silent });
  const isApart = new Set([...silent, ...apart].map(({ name }) => name));
  const wanted = selectable(spec).filter((name) => selection.wants(name));
  const isDivided = wanted.some((name) => isApart.has(name));
  if (!isDivided || wanted.every((name) => isApart.has(name))) return [whole];
  const jobs = [...monitoring, ...apart.map(({ job }) => job)];
  return [
    { name: null, selection: partOf(selection, (name) => !isApart.has(name)), spec },
    {
      name: OUTAGES,
      selection: partOf(selection, (name) => isApart.has(name)),
      spec: withJobs(spec, jobs),
    },
  ];
}

/**
 * Whether a job's outage takes the monitoring itself away: Prometheus, Alertmanager, or what is
 * told of by silence.
 */
export function isMonitoring({ component, toldBySilence }: JobContract): boolean {
  return toldBySilence !== undefined || component === 'prometheus' || component === 'alertmanager';
}

/** Whether nothing is told of in a world of these jobs alone but that it lives. */
export function standsAlone({ prometheus, contract }: Spec, jobs: JobContract[]): boolean {
  const always = contract.alerts
    .filter(({ stimulus }) => stimulus.kind === 'always')
    .map(({ name }) => name);
  return prometheus.ruleGroups
    .flatMap(({ rules }) => rules)
    .filter(({ alert }) => !always.includes(alert))
    .every((rule) => !isActiveWith(jobs, rule));
}
