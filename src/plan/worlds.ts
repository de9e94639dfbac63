import type { AlertContract, JobContract } from '../model/contract.ts';
import type { Spec } from '../model/spec.ts';
import { outageJobs } from './outage-jobs.ts';
import type { Selection } from './selection.ts';
import { selectable } from './selection.ts';
import { isActiveOnNothing, withJobs } from './smaller-world.ts';

/** What is proved in a world of its own. */
export interface WorldShare {
  /** Its folder's name below the run's `worlds`; null: the run's own. */
  name: string | null;
  selection: Selection;
  /** What is in it. */
  spec: Spec;
}

/**
 * A proof cut into worlds that run side by side. An outage ends what else is measured at its
 * component, and that of the monitoring ends everything. So the monitoring's own outages take a
 * world first: one of the monitoring alone, which costs little. The other outages take one where
 * the machine bears a third. Everything else stays together, since panels and metrics are held
 * against all that is done.
 * @param most how many worlds the machine bears
 */
export function worldsOf(spec: Spec, selection: Selection, most: number): WorldShare[] {
  const whole: WorldShare = { name: null, selection, spec };
  if (most < 2) return [whole];
  const outages = outagesOf(spec);
  const monitoring = spec.contract.jobs.filter(isMonitoring);
  const told = namesOf(outages.filter(({ job }) => !job.toldBySilence));
  const silent = namesOf(outages.filter(({ job }) => job.toldBySilence));
  const part = (isIn: (name: string) => boolean): Selection => ({
    ...selection,
    wants: (name) => isIn(name) && selection.wants(name),
  });
  const shares: WorldShare[] = [
    ...(standsAlone(spec)
      ? [{ name: 'monitoring', selection: part(isOf(silent)), spec: withJobs(spec, monitoring) }]
      : []),
    ...(most > 2 ? [{ name: 'outages', selection: part(isOf(told)), spec }] : []),
  ];
  const wanted = selectable(spec).filter((name) => selection.wants(name));
  const apart = shares.filter((share) => wanted.some((name) => share.selection.wants(name)));
  const isRest = (name: string): boolean => !apart.some((share) => share.selection.wants(name));
  if (apart.length === 0 || !wanted.some(isRest)) return [whole];
  return [{ name: null, selection: part(isRest), spec }, ...apart];
}

interface Outage {
  alert: AlertContract;
  job: JobContract;
}

function outagesOf(spec: Spec): Outage[] {
  return spec.contract.alerts
    .filter((alert) => alert.stimulus.kind === 'outage')
    .flatMap((alert) => outageJobs(spec, alert).map((job) => ({ alert, job })));
}

function namesOf(outages: Outage[]): Set<string> {
  return new Set(outages.map(({ alert, job }) => `alert/${alert.name}/${job.name}`));
}

function isOf(names: ReadonlySet<string>): (name: string) => boolean {
  return (name) => names.has(name);
}

function isMonitoring({ component, toldBySilence }: JobContract): boolean {
  return toldBySilence !== undefined || component === 'prometheus' || component === 'alertmanager';
}

/** Whether nothing is told of in a world of the monitoring alone but that it lives. */
function standsAlone({ prometheus, contract }: Spec): boolean {
  const always = contract.alerts
    .filter(({ stimulus }) => stimulus.kind === 'always')
    .map(({ name }) => name);
  return prometheus.ruleGroups
    .flatMap(({ rules }) => rules)
    .filter(({ alert }) => !always.includes(alert))
    .every((rule) => !isActiveOnNothing(rule));
}
