import type { LiveFinding } from '../../model/attach.ts';
import { live } from '../finding.ts';
import type { LiveTarget } from '../overview.ts';

/** Targets that Prometheus can't scrape, each with the error that it saw itself. */
export function targetFindings(targets: LiveTarget[]): LiveFinding[] {
  return targets
    .filter((target) => target.health === 'down')
    .map((target) =>
      live('targetDown', {
        subject: `${jobOf(target)} ${target.labels['instance'] ?? ''}`,
        where: target.scrapeUrl,
        title: `can't be scraped: ${target.lastError || 'Prometheus gives no reason'}`,
      }),
    );
}

/** Jobs that have targets, none of which can be scraped. */
export function deadJobs(targets: LiveTarget[]): Set<string> {
  const jobs = new Set(targets.map(jobOf));
  for (const target of targets) if (target.health !== 'down') jobs.delete(jobOf(target));
  return jobs;
}

function jobOf(target: LiveTarget): string {
  return target.labels['job'] ?? target.scrapePool;
}
