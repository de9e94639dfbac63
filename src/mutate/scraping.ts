import { formatDuration } from '../lib/duration.ts';
import type { Mutant } from '../model/mutation.ts';
import type { Prometheus, ScrapeJob } from '../stack/prometheus.ts';
import { configurationMutant } from './configuration-mutant.ts';
import type { Mistake } from './configuration-mutant.ts';

/** What changes the samples, and nothing that could be held against a promise before a run. */
const ONLY_A_RUN = new Set(['metrics-dropped', 'sample-limit', 'honor-labels', 'label-relabelled']);

/** Whether nothing but a run can notice such a mistake. */
export function needsRun({ operator }: Mutant): boolean {
  return ONLY_A_RUN.has(operator);
}

/** Every mutant of how targets are scraped; of a configuration that is a file of its own. */
export function scrapingMutants(all: Prometheus[]): Mutant[] {
  return all
    .filter(
      ({ file, origin }) => origin === 'file' && !file.embedding && file.documents.length === 1,
    )
    .flatMap((prometheus) => [
      ...prometheus.jobs.flatMap((job, i) => mistakesOf(job, i).map(mutantOf(`job ${job.name}`))),
      ...externalLabels(prometheus),
    ]);
}

function mistakesOf(job: ScrapeJob, number: number): Mistake[] {
  const { value, intervalMs, timeoutMs, metricsPath } = job;
  const path = ['scrape_configs', number];
  const set = (
    operator: string,
    key: string,
    was: string,
    becomes: string,
    as: unknown,
  ): Mistake => {
    const at = value.get(key);
    const edits = [{ path: [...path, key], value: as }];
    return { operator, value: at.exists ? at : value, was, becomes, edits };
  };
  const interval = (ms: number): Mistake => {
    const text = formatDuration(ms);
    // A timeout may not be longer.
    const shorter = ms < timeoutMs ? [{ path: [...path, 'scrape_timeout'], value: text }] : [];
    const one = set(
      'scrape-interval-changed',
      'scrape_interval',
      formatDuration(intervalMs),
      text,
      text,
    );
    return { ...one, edits: [...shorter, ...one.edits] };
  };
  const half = formatDuration(timeoutMs / 2);
  return [
    { operator: 'job-dropped', value, was: job.name, becomes: '', edits: [{ path }] },
    ...anotherPort(job, path),
    set('path-changed', 'metrics_path', metricsPath, `${metricsPath}x`, `${metricsPath}x`),
    set('scheme-changed', 'scheme', value.get('scheme').text() ?? 'http', 'https', 'https'),
    interval(intervalMs * 4),
    interval(intervalMs / 3),
    set('scrape-timeout-changed', 'scrape_timeout', formatDuration(timeoutMs), half, half),
    set('metrics-dropped', 'metric_relabel_configs', '', 'drops what ends in _total', [
      { source_labels: ['__name__'], regex: '.*_total', action: 'drop' },
    ]),
    set('label-relabelled', 'relabel_configs', '', 'instance without its port', [
      { source_labels: ['__address__'], regex: '(.*):.*', target_label: 'instance' },
    ]),
    set('sample-limit', 'sample_limit', '', '10', 10),
    set('honor-labels', 'honor_labels', 'false', 'true', true),
  ];
}

function anotherPort({ value, statics }: ScrapeJob, path: (string | number)[]): Mistake[] {
  const target = statics[0]?.targets[0];
  const [, host, port] = /^(.*):(\d+)$/.exec(target?.text ?? '') ?? [];
  if (!target || host === undefined) return [];
  const becomes = `${host}:${Number(port) + 1}`;
  const at = [...path, 'static_configs', 0, 'targets', 0];
  return [
    {
      operator: 'port-changed',
      value: value.get('static_configs').exists ? target.value : value,
      was: target.text,
      becomes,
      edits: [{ path: at, value: becomes }],
    },
  ];
}

function externalLabels({ externalLabels: labels }: Prometheus): Mutant[] {
  return [...labels].flatMap(([label, { text = '', value }]): Mutant[] => {
    const path = ['global', 'external_labels', label];
    const changed = `${text}x`;
    const mistakes: Mistake[] = [
      {
        operator: 'external-label-changed',
        value,
        was: text,
        becomes: changed,
        edits: [{ path, value: changed }],
      },
      { operator: 'external-label-dropped', value, was: label, becomes: '', edits: [{ path }] },
    ];
    return mistakes.map(mutantOf('external labels', `external label ${label}`));
  });
}

/** @param where what tells the same mistake of two things apart */
function mutantOf(subject: string, where = subject): (mistake: Mistake) => Mutant {
  return (mistake) => configurationMutant('scraping', subject, where, mistake);
}
