import { selectors } from '../promql/ast.ts';
import { passes } from '../promql/matchers.ts';
import { parseExpr } from '../promql/parse.ts';
import type { AlertContract, JobContract } from '../model/contract.ts';
import { stimulusOf } from '../technologies/registry.ts';
import type { Plan } from '../model/plan.ts';
import type { RuleGroup, Spec } from '../model/spec.ts';

/**
 * The jobs whose outage an alert has to tell of: those that its labels in the contract name;
 * without such labels, all of them, but for those that its rule doesn't select and another alert on
 * outages does (`up{job="redis"} == 0` beside `up == 0`). A job that no rule selects stays: that
 * nobody would be told of it has to be found. Jobs told of by silence are only those of the first
 * alert that has them, since the silence is one and the same.
 */
export function outageJobs(spec: Spec, alert: AlertContract): JobContract[] {
  const outages = outageAlerts(spec);
  return promisedJobs(spec, alert).filter((job) => {
    const others = outages.filter((o) => o !== alert && promisedJobs(spec, o).includes(job));
    const selecting = others.filter((other) => selects(spec, other, job));
    if (!selects(spec, alert, job) && selecting.length > 0) return false;
    return !job.toldBySilence || !isLater(outages, alert, selecting);
  });
}

/**
 * The alerts on outages that are active by right while this job's target is down, but for the given
 * one.
 */
export function alsoDown(spec: Spec, alert: AlertContract, job: JobContract): AlertContract[] {
  return outageAlerts(spec).filter((other) => other !== alert && selects(spec, other, job));
}

/** The alerts on what the outage of this job's component brings with it elsewhere. */
export function broughtBy({ contract }: Spec, { component }: JobContract): AlertContract[] {
  return contract.alerts.filter(
    ({ stimulus }) => stimulusOf(stimulus.kind).comesWithOutageOf === component,
  );
}

/**
 * The rule group on whose evaluations a run begins: that of the first alert on outages, whose blips
 * need to know them; null without such an alert. Its file says which it is of those with its name.
 */
export function gridGroup(spec: Spec): Plan['alignToGroup'] {
  const first = outageAlerts(spec)[0];
  const group = first && groupOf(spec, first);
  return group ? { file: group.source.file, name: group.name } : null;
}

/** Whether an alert's evaluations are known to begin with the run. */
export function isOnGrid(spec: Spec, alert: AlertContract): boolean {
  const first = outageAlerts(spec)[0];
  return first !== undefined && groupOf(spec, alert) === groupOf(spec, first);
}

function groupOf(spec: Spec, alert: AlertContract): RuleGroup | undefined {
  return spec.prometheus.ruleGroups.find(({ rules }) =>
    rules.some((rule) => rule.alert === alert.name),
  );
}

function outageAlerts(spec: Spec): AlertContract[] {
  return spec.contract.alerts.filter((alert) => alert.stimulus.kind === 'outage');
}

function isLater(all: AlertContract[], alert: AlertContract, others: AlertContract[]): boolean {
  return others.some((other) => all.indexOf(other) < all.indexOf(alert));
}

/** The jobs that an alert's labels in the contract leave. */
function promisedJobs(spec: Spec, { labels }: AlertContract): JobContract[] {
  const { job, instance } = labels;
  return spec.contract.jobs.filter(
    ({ name, target }) =>
      (job === undefined || job === name) && (instance === undefined || instance === target),
  );
}

/**
 * Whether one of the rule's selectors of `up` takes the job's target; also when that isn't known.
 */
function selects(spec: Spec, alert: AlertContract, job: JobContract): boolean {
  const rules = spec.prometheus.ruleGroups.flatMap((group) => group.rules);
  const parsed = parseExpr(rules.find((rule) => rule.alert === alert.name)?.expr ?? '');
  if (!('expr' in parsed)) return true;
  const ups = selectors(parsed.expr).filter((selector) => selector.name === 'up');
  const known: Record<string, string> = { job: job.name, instance: job.target };
  return (
    ups.length === 0 ||
    ups.some(({ matchers }) =>
      matchers.every((matcher) => {
        const value = known[matcher.label];
        return value === undefined || (passes(matcher, value) ?? true);
      }),
    )
  );
}
