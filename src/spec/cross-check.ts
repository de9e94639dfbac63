import type { InputProblem } from '../lib/errors.ts';
import { nearest } from '../lib/nearest.ts';
import type { AlertContract, Contract, StimulusKind } from '../model/contract.ts';
import type { SourceRef } from '../model/source.ts';
import type { Spec } from '../model/spec.ts';

/** Bounds of the levels of each kind of stimulus; `integer` where the world has whole things. */
const LEVELS: Record<StimulusKind, { min: number; max: number; integer: boolean } | null> = {
  'host-cpu': { min: 0, max: 1, integer: false },
  'host-memory': { min: 0, max: 1, integer: false },
  'disk-free': { min: 0, max: 1, integer: false },
  'request-errors': { min: 0, max: 1, integer: false },
  'request-latency': { min: 0, max: 1, integer: false },
  streams: { min: 0, max: 1_000, integer: true },
  'cameras-offline': { min: 0, max: 100, integer: true },
  'recording-errors': { min: 0, max: 10, integer: false },
  outage: null,
  always: null,
};
/** Series that Prometheus makes itself. */
const BUILT_IN = ['up', 'ALERTS', 'ALERTS_FOR_STATE', 'scrape_duration_seconds', 'scrape_samples_scraped'];

/**
 * What doesn't fit between the files: names on one side only, levels that make no sense. Pure.
 * A rule that behaves otherwise than promised is no input error: the run has to find that.
 */
export function crossCheck(spec: Spec): InputProblem[] {
  const { contract, prometheus, alertmanager } = spec;
  const problems: InputProblem[] = [];
  const say = (source: SourceRef, message: string, expected: string): void => void problems.push({ source, message, expected });
  const known = (source: SourceRef, what: string, name: string, names: string[]): void => {
    if (names.includes(name)) return;
    const close = nearest(name, names);
    say(source, `the ${what} \`${name}\` doesn't exist`, close ? `\`${close}\`, or one of: ${names.join(', ')}` : `one of: ${names.join(', ')}`);
  };
  const rules = prometheus.ruleGroups.flatMap((g) => g.rules);
  const jobNames = contract.jobs.map((j) => j.name);

  duplicates(prometheus.jobs.map((j) => [j.name, j.source]), 'job', say);
  duplicates(rules.map((r) => [r.alert, r.source]), 'alert', say);
  for (const job of contract.jobs) {
    const scraped = prometheus.jobs.find((j) => j.name === job.name);
    if (!scraped) known(job.source, 'scraped job', job.name, prometheus.jobs.map((j) => j.name));
    else if (scraped.targets.length !== 1 || scraped.targets[0] !== job.target) say(scraped.source, `job \`${job.name}\` scrapes ${scraped.targets.join(', ')}`, `the contract's target ${job.target}`);
    if (job.follower !== undefined) known(job.source, 'follower alert', job.follower, contract.alerts.map((a) => a.name));
  }
  for (const job of prometheus.jobs) known(job.source, 'job of the contract', job.name, jobNames);
  for (const alert of contract.alerts) {
    known(alert.source, 'alert rule', alert.name, rules.map((r) => r.alert));
    for (const name of alert.receivers) known(alert.source, 'receiver', name, contract.receivers.map((r) => r.name));
    if (alert.labels['job'] !== undefined) known(alert.source, 'job', alert.labels['job'], jobNames);
    problems.push(...levelProblems(alert));
  }
  for (const rule of rules) {
    known(rule.source, 'alert of the contract', rule.alert, contract.alerts.map((a) => a.name));
    for (const metric of rule.metrics) if (!BUILT_IN.includes(metric) && !isPromised(contract, metric)) known(rule.exprSource, 'metric', metric, contract.metrics.map((m) => m.name));
  }
  for (const metric of contract.metrics) for (const job of metric.jobs) known(metric.source, 'job', job, jobNames);
  for (const receiver of contract.receivers) {
    const real = alertmanager.receivers.find((r) => r.name === receiver.name);
    if (!real) known(receiver.source, 'receiver of Alertmanager', receiver.name, alertmanager.receivers.map((r) => r.name));
  }
  if (!contract.alerts.some((a) => a.stimulus.kind === 'always')) say({ file: contract.file, line: 1, column: 1 }, 'no alert has the stimulus `always`', 'a Watchdog: without a positive control no silence proves anything');
  return problems;
}

function levelProblems(alert: AlertContract): InputProblem[] {
  const { kind, service, near, over, calm } = alert.stimulus;
  const problems: InputProblem[] = [];
  const say = (message: string, expected: string): void => void problems.push({ source: alert.source, message: `${alert.name}: ${message}`, expected });
  const bounds = LEVELS[kind];
  const needsService = kind.startsWith('request-');
  if (needsService !== (service !== undefined)) say(needsService ? 'the stimulus names no `service`' : `a stimulus of kind ${kind} has no \`service\``, needsService ? 'backend, streaming or ai' : 'no such key');
  if (!bounds) {
    if (near !== undefined || over !== undefined || calm !== undefined) say(`a stimulus of kind ${kind} has no levels`, 'neither near, over nor calm');
    return problems;
  }
  for (const [name, value] of Object.entries({ near, over, calm })) {
    if (value === undefined) say(`\`${name}\` is missing in the stimulus`, 'near, over and calm');
    else if (value < bounds.min || value > bounds.max || (bounds.integer && !Number.isInteger(value))) say(`\`${name}\` is ${value}`, `${bounds.integer ? 'a whole number' : 'a number'} from ${bounds.min} to ${bounds.max}`);
  }
  if (near === over) say('`near` and `over` are the same', 'levels on two sides of the limit');
  else if (near !== undefined && over !== undefined && calm !== undefined && Math.sign(over - near) !== Math.sign(near - calm)) say(`\`near\` (${near}) doesn't lie between \`calm\` (${calm}) and \`over\` (${over})`, 'calm, near and over in this order or its reverse');
  return problems;
}

function isPromised(contract: Contract, metric: string): boolean {
  const base = metric.replace(/_(bucket|sum|count)$/, '');
  return contract.metrics.some((m) => m.name === metric || (m.type === 'histogram' && m.name === base));
}

function duplicates(named: [string, SourceRef][], what: string, say: (source: SourceRef, message: string, expected: string) => void): void {
  named.forEach(([name, source], i) => {
    const first = named.findIndex(([other]) => other === name);
    if (first < i) say(source, `the ${what} \`${name}\` stands twice`, `one ${what} of this name; the first is at line ${named[first]?.[1].line ?? 0}`);
  });
}
