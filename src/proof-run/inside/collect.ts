import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProofEvidence } from '../../model/proof-evidence.ts';
import type { ProofPlan, ProofTrack } from '../../model/proof-plan.ts';
import { messageOf } from '../../lib/errors.ts';
import { get } from '../../lib/http.ts';
import { PrometheusApi } from '../../lib/prometheus-api.ts';
import { scrapeErrors } from './observe.ts';
import { PROMETHEUS_URL } from './programs.ts';

const ANSWER_WITHIN_MS = 30_000;
/** Queries side by side. */
const AT_ONCE = 4;
const MOST_ERRORS = 200;

/**
 * Asks Prometheus for everything that verdicts need, and reads what Alertmanager said of failures.
 */
export async function collect(
  plan: ProofPlan,
  evidence: ProofEvidence,
  logDir: string,
): Promise<void> {
  evidence.notifyErrors = await notifyErrors(logDir);
  const prometheus = new PrometheusApi(PROMETHEUS_URL, ANSWER_WITHIN_MS);
  evidence.panels = await panelsShown(plan, prometheus);
  evidence.alerts = await prometheus.raw('ALERTS', evidence.startedAt);
  evidence.scrapes = await prometheus.raw('up', evidence.startedAt);
  evidence.missedEvaluations = (
    await prometheus.instant('sum(prometheus_rule_group_iterations_missed_total) or vector(0)')
  ).reduce((sum, { value }) => sum + value, 0);
  evidence.slowestScrapeMs = await slowestScrapes(evidence.startedAt, prometheus);
  await ruleErrors(evidence);
  for (const [job, error] of await scrapeErrors()) evidence.scrapeErrors[job] ??= error;
  await seenSeries(plan, evidence, prometheus);
}

/** How long scrapes took at most, by job: ms. @param since epoch ms */
async function slowestScrapes(
  since: number,
  prometheus: PrometheusApi,
): Promise<Record<string, number>> {
  const found = await prometheus.instant(
    `max by (job) (max_over_time(scrape_duration_seconds[${lengthSince(since)}]))`,
  );
  return Object.fromEntries(found.map(({ labels, value }) => [labels['job'] ?? '', value * 1000]));
}

/** A range that reaches back to a moment. @param since epoch ms */
function lengthSince(since: number): string {
  return `${Math.ceil((Date.now() - since) / 1000) + 1}s`;
}

/** A panel is looked at so often: one scrape that failed just now says nothing of it. */
const STEPS = 12;
const STEP_MS = 250;

/** How many series each panel draws, while all targets are still there. */
async function panelsShown(
  { panels }: ProofPlan,
  prometheus: PrometheusApi,
): Promise<ProofEvidence['panels']> {
  const now = Date.now();
  const shown: ProofEvidence['panels'] = [];
  for (let i = 0; i < panels.length; i += AT_ONCE)
    shown.push(
      ...(await Promise.all(
        panels.slice(i, i + AT_ONCE).map(({ query }) =>
          prometheus.lately(query, STEPS, STEP_MS, now).then(
            (found) => ({ series: found.length, jobs: jobsIn(found), error: null }),
            (error: unknown) => ({ series: 0, jobs: [], error: messageOf(error) }),
          ),
        ),
      )),
    );
  return shown;
}

function jobsIn(found: { labels: Record<string, string> }[]): string[] {
  return [...new Set(found.flatMap(({ labels }) => labels['job'] ?? []))].sort();
}

/** Of alerts that never became active: which of their series Prometheus has. */
async function seenSeries(
  plan: ProofPlan,
  evidence: ProofEvidence,
  prometheus: PrometheusApi,
): Promise<void> {
  const active = new Set(evidence.alerts.map(({ labels }) => labels['alertname']));
  const silent = plan.tracks.filter(({ alert }) => !active.has(alert.name));
  const length = lengthSince(evidence.startedAt);
  for (let i = 0; i < silent.length; i += AT_ONCE)
    await Promise.all(
      silent.slice(i, i + AT_ONCE).map(async (track) => {
        evidence.seen[track.id] = await countsOf(track, length, prometheus);
      }),
    );
}

async function countsOf(
  track: ProofTrack,
  length: string,
  prometheus: PrometheusApi,
): Promise<number[]> {
  const counts: number[] = [];
  for (const { metric, labels } of track.series) {
    const matchers = [['__name__', metric], ...Object.entries(labels)].map(
      ([name, value]) => `${JSON.stringify(name)}=${JSON.stringify(value)}`,
    );
    const found = await prometheus.instant(
      `count(last_over_time({${matchers.join(',')}}[${length}]))`,
    );
    counts.push(found[0]?.value ?? 0);
  }
  return counts;
}

async function ruleErrors(evidence: ProofEvidence): Promise<void> {
  const { data } = JSON.parse(await get(`${PROMETHEUS_URL}/api/v1/rules`, ANSWER_WITHIN_MS)) as {
    data: { groups: { name: string; rules: { name: string; lastError?: string }[] }[] };
  };
  evidence.ruleErrors = data.groups.flatMap((group) =>
    group.rules.flatMap(({ name, lastError }) =>
      lastError ? [{ group: group.name, rule: name, error: lastError }] : [],
    ),
  );
}

/** Lines of Alertmanager's log about notifications that nobody got. */
async function notifyErrors(logDir: string): Promise<string[]> {
  const log = await readFile(join(logDir, 'alertmanager.log'), 'utf8').catch(() => '');
  return [
    ...new Set(
      log
        .split('\n')
        .filter((line) => /Notify for alerts failed|Notify attempt failed/i.test(line)),
    ),
  ].slice(0, MOST_ERRORS);
}
