import type { SourceRef } from '../../model/source.ts';
import { isBuiltIn } from '../../promql/reports.ts';
import { SERVICE_NAMES } from '../../technologies/registry.ts';
import { serviceComponent } from '../../technologies/service.ts';
import type { ContractDraft } from '../contract.ts';
import type { PrometheusDraft } from '../prometheus.ts';
import { stimulusProblems } from '../stimulus-check.ts';
import type { Collector } from './collector.ts';

/** A rule of the stack's files. */
export type DraftedRule = PrometheusDraft['spec']['ruleGroups'][number]['rules'][number];

/** Each alert has a rule, receivers and a job that there are, and a stimulus that can be given. */
export function checkAlerts(
  { contract, names, source }: ContractDraft,
  ruleNames: string[] | undefined,
  { problems, known }: Collector,
): void {
  const broken = names.jobs?.length !== contract.jobs.length;
  // A service's job may be among the entries that are wrong.
  const services = SERVICE_NAMES.map((service) => ({ component: serviceComponent(service) }));
  const jobs = broken ? [...contract.jobs, ...services] : contract.jobs;
  for (const alert of contract.alerts) {
    const at = (path: (string | number)[], key = false): SourceRef =>
      source.at(['alerts', alert.name, ...path], key);
    known(alert.source, 'no rule file has an alert', alert.name, ruleNames);
    for (const [i, name] of alert.receivers.entries())
      known(at(['receivers', i]), 'the contract has no receiver', name, names.receivers);
    if (alert.labels['job'] !== undefined)
      known(at(['labels', 'job']), 'the contract has no job', alert.labels['job'], names.jobs);
    problems.push(...stimulusProblems(alert, jobs, at));
  }
}

/** Each rule is promised, and looks at metrics that are. */
export function checkRules(
  promised: ContractDraft,
  rules: DraftedRule[],
  { known }: Collector,
): void {
  const { names } = promised;
  for (const rule of rules) {
    known(rule.source, 'the contract has no alert', rule.alert, names.alerts);
    for (const metric of rule.metrics)
      if (!isBuiltIn(metric) && !isPromised(promised, metric))
        known(rule.exprSource, 'the contract has no metric', metric, names.metrics);
  }
}

/** A histogram is selected by its buckets, sum or count. */
function isPromised({ contract, names }: ContractDraft, metric: string): boolean {
  const base = metric.replace(/_(bucket|sum|count)$/, '');
  const histogram = contract.metrics.find((m) => m.name === base);
  // One that is wrong may have been meant as a histogram.
  return histogram
    ? histogram.type === 'histogram'
    : base !== metric && (names.metrics?.includes(base) ?? true);
}

/** Some alert fires always: the positive control. */
export function checkWatchdog(
  { contract, names, source }: ContractDraft,
  { say }: Collector,
): void {
  const complete = names.alerts?.length === contract.alerts.length;
  if (complete && !contract.alerts.some((a) => a.stimulus.kind === 'always'))
    say(
      source.at(['alerts'], true),
      'no alert has the stimulus `always`',
      'a Watchdog: without a positive control no silence proves anything',
    );
}
