import type { Spec } from '../model/spec.ts';
import { outageJobs } from './outage-jobs.ts';
import type { Selection } from './selection.ts';
import { selectable } from './selection.ts';

/** What is proved in a world of its own. */
export interface WorldShare {
  /** Its folder's name below the run's `worlds`; null: the run's own. */
  name: string | null;
  selection: Selection;
}

/**
 * A proof cut into worlds that run side by side. An outage ends what else is measured at its
 * component, and that of the monitoring ends everything: so the outages take a world of their own,
 * and nothing waits for them. Everything else stays together, since panels and metrics are held
 * against all that is done.
 * @param most how many worlds the machine bears
 */
export function worldsOf(spec: Spec, selection: Selection, most: number): WorldShare[] {
  const outages = new Set(
    spec.contract.alerts
      .filter((alert) => alert.stimulus.kind === 'outage')
      .flatMap((alert) => outageJobs(spec, alert).map((job) => `alert/${alert.name}/${job.name}`)),
  );
  const wanted = selectable(spec).filter((name) => selection.wants(name));
  const hasOutages = wanted.some((name) => outages.has(name));
  const hasOthers = wanted.some((name) => !outages.has(name));
  if (most < 2 || !hasOutages || !hasOthers) return [{ name: null, selection }];
  const part = (isIn: (name: string) => boolean): Selection => ({
    ...selection,
    wants: (name) => isIn(name) && selection.wants(name),
  });
  return [
    { name: null, selection: part((name) => !outages.has(name)) },
    { name: 'outages', selection: part((name) => outages.has(name)) },
  ];
}
