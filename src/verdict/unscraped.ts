import type { Evidence, UnscrapedTarget } from '../model/evidence.ts';
import type { Subject } from '../model/expectation.ts';
import type { Plan } from '../model/plan.ts';
import type { Verdict } from '../model/verdict.ts';
import { metricNames } from '../promql/tree.ts';

/** A finding for each target that Prometheus couldn't scrape from the beginning. */
export function judgeUnscraped({ unscraped = [] }: Evidence, plan: Plan): Verdict[] {
  return unscraped.map(({ job, error }) => ({
    expectation: {
      kind: 'scraped',
      subject: { about: 'metric', metric: 'up', job },
      phase: null,
    },
    outcome: 'fail',
    finding: {
      id: 'target-not-scraped',
      title: `Prometheus can't scrape ${job}`,
      source: null,
      query: `up{job="${job}"}`,
      expected: `${plan.jobs.find(({ name }) => name === job)?.target ?? job} up: it answered the harness`,
      seen: error,
      likelyCause:
        'The job’s path, port, scheme, credentials or limits in the scrape configuration, or the ' +
        'content type of its target.',
    },
  }));
}

/**
 * A failure that follows from a target that isn't scraped says nothing of its own: one fault is
 * told once. What depends on another target is as certain as ever.
 */
export function withoutUnscraped(verdict: Verdict, evidence: Evidence, plan: Plan): Verdict {
  const { finding, expectation } = verdict;
  if (verdict.outcome !== 'fail' || !finding) return verdict;
  const cause = (evidence.unscraped ?? []).find(({ job }) =>
    dependsOn(expectation.subject, job, plan),
  );
  if (!cause) return verdict;
  return {
    ...verdict,
    outcome: 'inconclusive',
    finding: { ...finding, id: 'could-not-judge', likelyCause: words(cause) },
  };
}

function words({ job, error }: UnscrapedTarget): string {
  return `Prometheus can't scrape ${job} (${error}): nothing of it is known.`;
}

function dependsOn(subject: Subject, job: string, plan: Plan): boolean {
  if (subject.about === 'metric') return subject.job === job;
  if (subject.about === 'alert') {
    const own = plan.tracks.find(({ id }) => id === subject.track)?.labels['job'];
    return own === undefined
      ? readsJob(plan.rules[subject.alert]?.expr ?? '', job, plan)
      : own === job;
  }
  if (subject.about === 'panel') {
    const id = `${subject.dashboard}/${subject.panel}`;
    const queries = plan.panels.find((panel) => panel.id === id)?.queries ?? [];
    return queries.some(({ runExpr }) => readsJob(runExpr, job, plan));
  }
  return false;
}

/** Whether an expression reads what a job exports, or who is up at all. */
export function readsJob(expr: string, job: string, plan: Plan): boolean {
  const names = metricNames(expr);
  return names.includes('up') || names.includes('ALERTS') || readsMetricsOf(expr, job, plan);
}

/** Whether an expression reads what a job exports. */
export function readsMetricsOf(expr: string, job: string, plan: Plan): boolean {
  const owned = plan.metrics.filter((metric) => metric.jobs.includes(job));
  return metricNames(expr).some((name) => owned.some((metric) => isOf(name, metric.name)));
}

function isOf(name: string, metric: string): boolean {
  return name === metric || name.replace(/_(?:bucket|count|sum)$/, '') === metric;
}
