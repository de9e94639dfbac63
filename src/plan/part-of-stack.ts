import type { Spec } from '../model/spec.ts';
import { isProvedJobByJob, partOf } from './apart.ts';
import { isProvoked } from './levels.ts';
import { selectedJobs } from './selected-jobs.ts';
import { selectable } from './selection.ts';
import type { Selection } from './selection.ts';
import { withJobs } from './smaller-world.ts';
import { isMonitoring, standsAlone } from './worlds.ts';
import type { WorldShare } from './worlds.ts';

/** The folder of the world beside the run's own that proves what alerts must not fire on. */
const QUIET = 'quiet';

/**
 * The stack with no more jobs than the alerts that were asked for can be proved with. All of it
 * where more than alerts was asked for, or where an alert hangs on several jobs.
 */
export function partOfStack(spec: Spec, selection: Selection): Spec {
  const wanted = selectable(spec).filter((name) => selection.wants(name));
  const isPart = selection.text !== null && wanted.every((name) => name.startsWith('alert/'));
  if (!isPart || !isProvedJobByJob(spec)) return spec;
  const needed = selectedJobs(spec, selection);
  const jobs = spec.contract.jobs.filter((job) => isMonitoring(job) || needed.includes(job));
  const isSmaller = jobs.length < spec.contract.jobs.length;
  return isSmaller && standsAlone(spec, jobs) ? withJobs(spec, jobs) : spec;
}

/**
 * The two halves of alerts' lives in worlds of their own: what has to fire, and outages, in the
 * run's; what must not fire beside it. Neither waits for the other.
 * @returns one world where no alert on a state is selected
 */
export function inHalves(spec: Spec, selection: Selection): WorldShare[] {
  const states = spec.contract.alerts
    .filter(isProvoked)
    .map(({ name }) => `alert/${name}`)
    .filter((name) => selection.wants(name));
  if (states.length === 0) return [{ name: null, selection, spec }];
  const quiet = partOf(selection, (name) => states.includes(name));
  return [
    { name: null, selection: { ...selection, life: 'loud' }, spec },
    { name: QUIET, selection: { ...quiet, life: 'quiet' }, spec },
  ];
}
