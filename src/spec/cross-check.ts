import type { InputProblem } from '../lib/errors.ts';
import type { SourceRef } from '../model/source.ts';
import type { AlertmanagerDraft } from './alertmanager.ts';
import type { ContractDraft } from './contract.ts';
import type { DashboardSpec } from '../model/spec.ts';
import { isBuiltIn } from '../promql/reports.ts';
import { oneOf } from './issue-text.ts';
import { SERVICE_NAMES } from '../technologies/registry.ts';
import { serviceComponent } from '../technologies/service.ts';
import { panelProblems } from './panel-check.ts';
import type { PrometheusDraft } from './prometheus.ts';
import { stimulusProblems } from './stimulus-check.ts';

/**
 * The files as far as they could be read: what is undefined has its own problems, and is not held
 * against the others.
 */
export interface Draft {
  contract: ContractDraft | undefined;
  prometheus: PrometheusDraft | undefined;
  /** Names of all alerts in rule files; undefined when a file with more of them can't be read. */
  ruleNames: string[] | undefined;
  alertmanager: AlertmanagerDraft | undefined;
  dashboards: DashboardSpec[];
}

/** Collects what doesn't fit. */
interface Collector {
  problems: InputProblem[];
  say: (source: SourceRef, message: string, expected: string) => void;
  /** A name that should be one of those; when they aren't known, nothing can be said. */
  known: (source: SourceRef, what: string, name: string, names: string[] | undefined) => void;
}

function collector(): Collector {
  const problems: InputProblem[] = [];
  const say: Collector['say'] = (source, message, expected) =>
    void problems.push({ source, message, expected });
  const known: Collector['known'] = (source, what, name, names) => {
    if (names && !names.includes(name)) say(source, `${what} \`${name}\``, oneOf(name, names));
  };
  return { problems, say, known };
}

/**
 * What doesn't fit between the files: names on one side only, levels that make no sense. Pure.
 * A rule that behaves otherwise than promised is no input error: the run has to find that.
 */
export function crossCheck(draft: Draft): InputProblem[] {
  const { contract: promised, prometheus } = draft;
  const to = collector();
  for (const [what, named] of [
    ['scrape job', prometheus?.spec.jobs.map(({ name, source }) => ({ name, source }))],
    ['alert', rulesOf(draft).map(({ alert, source }) => ({ name: alert, source }))],
  ] as const)
    duplicates(named ?? [], what, to.say);
  if (!promised) return to.problems;
  checkJobs(promised, prometheus, to);
  to.problems.push(...ownComponents(promised));
  checkReceivers(promised, draft.alertmanager, to);
  checkAlerts(promised, draft.ruleNames, to);
  checkRules(promised, rulesOf(draft), to);
  to.problems.push(...panelProblems(promised, draft.dashboards));
  checkWatchdog(promised, to);
  return to.problems;
}

function rulesOf({ prometheus }: Draft): PrometheusDraft['spec']['ruleGroups'][number]['rules'] {
  return prometheus?.spec.ruleGroups.flatMap((g) => g.rules) ?? [];
}

/** Jobs are scraped as the contract says, and no others; metrics are of jobs that there are. */
function checkJobs(
  { contract, names, source }: ContractDraft,
  prometheus: PrometheusDraft | undefined,
  { say, known }: Collector,
): void {
  for (const job of contract.jobs) {
    known(job.source, 'no scrape job has the name', job.name, prometheus?.jobNames);
    if (job.follower !== undefined) {
      const at = source.at(['jobs', job.name, 'follower']);
      known(at, 'the contract has no alert', job.follower, names.alerts);
    }
    const scraped = prometheus?.spec.jobs.find((j) => j.name === job.name);
    if (scraped && (scraped.targets.length !== 1 || scraped.targets[0] !== job.target))
      say(
        scraped.source,
        `job \`${job.name}\` scrapes ${scraped.targets.join(', ')}`,
        `the contract's one target, ${job.target} (${source.file}:${job.source.line})`,
      );
  }
  for (const job of prometheus?.spec.jobs ?? [])
    known(job.source, 'the contract has no job', job.name, names.jobs);
  for (const metric of contract.metrics)
    for (const [i, job] of metric.jobs.entries())
      known(
        source.at(['metrics', metric.name, 'jobs', i]),
        'the contract has no job',
        job,
        names.jobs,
      );
}

/** Alertmanager has the contract's receivers, with an integration of their kind. */
function checkReceivers(
  { contract, source }: ContractDraft,
  alertmanager: AlertmanagerDraft | undefined,
  { say, known }: Collector,
): void {
  for (const { name, kind, source: at } of contract.receivers) {
    known(at, 'Alertmanager has no receiver', name, alertmanager?.receiverNames);
    const real = alertmanager?.spec.receivers.find((r) => r.name === name);
    if (real && !real.integrations.some((i) => i.kind === kind))
      say(
        source.at(['receivers', name, 'kind']),
        `receiver \`${name}\` has no ${kind}_configs in ${real.source.file}`,
        real.integrations.length > 0
          ? `${[...new Set(real.integrations.map((i) => i.kind))].join(' or ')}, as there`
          : `a receiver with ${kind}_configs`,
      );
  }
}

/** Each alert has a rule, receivers and a job that there are, and a stimulus that can be given. */
function checkAlerts(
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
function checkRules(
  promised: ContractDraft,
  rules: ReturnType<typeof rulesOf>,
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

function checkWatchdog({ contract, names, source }: ContractDraft, { say }: Collector): void {
  const complete = names.alerts?.length === contract.alerts.length;
  if (complete && !contract.alerts.some((a) => a.stimulus.kind === 'always'))
    say(
      source.at(['alerts'], true),
      'no alert has the stimulus `always`',
      'a Watchdog: without a positive control no silence proves anything',
    );
}

/** What a run is judged by has to be started: who scrapes and evaluates, and who tells people. */
function ownComponents({ contract, names, source }: ContractDraft): InputProblem[] {
  // Where an entry is wrong, it may be the very one.
  if (names.jobs?.length !== contract.jobs.length) return [];
  return ['prometheus', 'alertmanager']
    .filter((component) => !contract.jobs.some((job) => job.component === component))
    .map((component) => ({
      source: source.at(['jobs'], true),
      message: `no job has the component \`${component}\`: nothing would start it`,
      expected:
        `a job that scrapes it, here and in prometheus.yml, such as \`${component}: { target: ` +
        `"${component}:${component === 'prometheus' ? 9090 : 9093}", component: ${component} }\``,
    }));
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

function duplicates(
  named: { name: string; source: SourceRef }[],
  what: string,
  say: (source: SourceRef, message: string, expected: string) => void,
): void {
  const first = new Map<string, SourceRef>();
  for (const { name, source } of named) {
    const other = first.get(name);
    if (other)
      say(
        source,
        `the ${what} \`${name}\` stands twice`,
        `one of this name; the first is ${other.file}:${other.line}`,
      );
    else first.set(name, source);
  }
}
