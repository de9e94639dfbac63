import { actionOf, patternOf, relabel, sourcesOf } from '../../promql/relabel.ts';
import type { Labels, RelabelRule } from '../../promql/relabel.ts';
import { matchesWhole } from '../../promql/regex/match.ts';
import type { PromisedMetric } from '../../stack/contract.ts';
import type { ScrapeJob } from '../../stack/prometheus.ts';

/** What a scrape job does to its samples against the contract: which key, and what it does. */
export interface SampleFault {
  key: string;
  what: string;
}

/**
 * What a scrape job does to the labels of its targets and to its samples that the contract speaks
 * against: a target gone or with another `job` or `instance`, a promised metric or label dropped, a
 * limit below what is promised. Only what is certain of promised names and labels is said.
 * @param promised the metrics that the contract promises of this job
 */
export function sampleFaults(job: ScrapeJob, promised: PromisedMetric[]): SampleFault[] {
  const targets = targetsOf(job);
  return [
    ...targets.flatMap((target) => targetFault(job, target)),
    ...labelFaults(job, promised),
    ...nameFaults(job, promised, targets[0] ?? {}),
    ...limitFault(job, promised),
  ];
}

function targetsOf(job: ScrapeJob): Labels[] {
  return job.statics.flatMap(({ targets, labels }) => {
    const added = Object.fromEntries(labels.map(({ key, value }) => [key, value.text() ?? '']));
    return targets.map(({ text }) => ({
      job: job.name,
      ...{ __address__: text, __metrics_path__: job.metricsPath },
      ...{ __scheme__: job.value.get('scheme').text() ?? 'http', ...added },
    }));
  });
}

function targetFault(job: ScrapeJob, target: Labels): SampleFault[] {
  const key = 'relabel_configs';
  const address = target['__address__'] ?? '';
  const after = relabel(target, rulesOf(job, key));
  if ('droppedBy' in after) return [{ key, what: `drops the target ${address}` }];
  const wanted = { job: target['job'] ?? '', instance: target['instance'] ?? address };
  const has = { instance: after.labels['__address__'] ?? '', ...after.labels };
  return Object.entries(wanted).flatMap(([label, value]) => {
    const is = (has as Labels)[label] ?? '';
    return is === value
      ? []
      : [{ key, what: `makes \`${label}\` ${is || 'empty'}, and ${value} is promised` }];
  });
}

function labelFaults(job: ScrapeJob, promised: PromisedMetric[]): SampleFault[] {
  const key = 'metric_relabel_configs';
  const rules = rulesOf(job, key);
  return promised.flatMap(({ name, labels = [] }) => {
    const lost = labels.find((label) => rules.some((rule) => dropsLabel(rule, label)));
    return lost === undefined ? [] : [{ key, what: `drops the label ${lost} of ${name}` }];
  });
}

/** Promised names that no series has any more, by rules that look at names and targets alone. */
function nameFaults(job: ScrapeJob, promised: PromisedMetric[], target: Labels): SampleFault[] {
  const key = 'metric_relabel_configs';
  const known = { job: job.name, instance: target['instance'] ?? target['__address__'] ?? '' };
  const certain = rulesOf(job, key).filter((rule) =>
    sourcesOf(rule).every((label) => label === '__name__' || label in known),
  );
  const exported = promised.flatMap(({ name, type }) => exportedAs(name, type));
  const left = new Set(
    exported.map((name) => {
      const after = relabel({ ...known, __name__: name }, certain);
      return 'labels' in after ? after.labels['__name__'] : undefined;
    }),
  );
  return exported
    .filter((name) => !left.has(name))
    .map((name) => ({ key, what: `leaves no ${name}, which the contract promises` }));
}

function dropsLabel(rule: RelabelRule, label: string): boolean {
  const matches = matchesWhole(patternOf(rule), label);
  if (actionOf(rule) === 'labeldrop') return matches === true;
  return actionOf(rule) === 'labelkeep' && matches === false;
}

/** The names of the series of a metric. */
function exportedAs(name: string, type: string | undefined): string[] {
  return type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
}

/** One sample too many, and all of a scrape are lost. */
function limitFault({ value }: ScrapeJob, promised: PromisedMetric[]): SampleFault[] {
  const key = 'sample_limit';
  const limit = Number(value.get(key).text() ?? 0);
  const allowed = promised.reduce((sum, { series }) => sum + series, 0);
  return limit > 0 && limit < allowed
    ? [{ key, what: `is ${limit}, and the contract allows ${allowed} series of its metrics` }]
    : [];
}

function rulesOf({ value }: ScrapeJob, key: string): RelabelRule[] {
  return value
    .get(key)
    .items()
    .filter(({ isMap }) => isMap)
    .map((rule) => rule.json() as RelabelRule);
}
