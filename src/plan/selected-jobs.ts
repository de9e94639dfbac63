import type { AlertContract, JobContract } from '../model/contract.ts';
import type { Spec } from '../model/spec.ts';
import { selectors } from '../promql/ast.ts';
import { parseExpr } from '../promql/parse.ts';
import { collide, resourceOfJob } from '../technologies/resources.ts';
import type { Resource } from '../technologies/resources.ts';
import { outagesOf } from './apart.ts';
import { isProvoked } from './levels.ts';
import { resourcesOfOutage, resourcesOfState } from './schedule.ts';
import type { Selection } from './selection.ts';

/**
 * The jobs that selected alerts can't be proved without: what their stimuli act upon, and what
 * their rules name.
 */
export function selectedJobs(spec: Spec, { wants }: Selection): JobContract[] {
  const { alerts, jobs } = spec.contract;
  const states = alerts.filter((alert) => isProvoked(alert) && wants(`alert/${alert.name}`));
  const outages = outagesOf(spec).filter(({ name }) => wants(name));
  const resources: Resource[] = [
    ...states.flatMap((alert) => resourcesOfState(spec, alert)),
    ...outages.flatMap(({ job }) => resourcesOfOutage(spec, job)),
  ];
  const named = namedJobs(spec, [...states, ...outages.map(({ alert }) => alert)]);
  return jobs.filter(
    (job) =>
      named.has(job.name) || resources.some((resource) => collide(resource, resourceOfJob(job))),
  );
}

/** Jobs that an alert's labels or its rule's selectors name. */
function namedJobs({ prometheus }: Spec, alerts: AlertContract[]): ReadonlySet<string> {
  const names = new Set(alerts.map(({ name }) => name));
  const rules = prometheus.ruleGroups.flatMap((group) => group.rules);
  const inRules = rules
    .filter(({ alert }) => names.has(alert))
    .flatMap(({ expr }) => {
      const parsed = parseExpr(expr);
      return 'expr' in parsed ? selectors(parsed.expr) : [];
    })
    .flatMap(({ matchers }) => matchers)
    .filter(({ label, op }) => label === 'job' && op === '=')
    .map(({ value }) => value);
  return new Set([...alerts.flatMap(({ labels }) => labels['job'] ?? []), ...inRules]);
}
