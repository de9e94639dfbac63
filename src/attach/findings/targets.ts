import { groupBy } from '../../lib/group-by.ts';
import type { LiveFinding, NotJudged } from '../../model/attach.ts';
import { live } from '../finding.ts';
import type { LiveTarget } from '../overview.ts';

/** Targets that Prometheus can't scrape, each with the error that it saw itself. */
export function targetFindings(targets: LiveTarget[]): LiveFinding[] {
  return targets
    .filter((target) => target.health === 'down')
    .map((target) =>
      live('targetDown', {
        subject: `${jobOf(target)} ${target.labels['instance'] ?? ''}`,
        where: masked(target.scrapeUrl),
        title: `can't be scraped: ${masked(target.lastError) || 'Prometheus gives no reason'}`,
      }),
    );
}

/** A text with addresses, without what they carry beside the path: a password, a token. */
function masked(text: string): string {
  return text.replace(/(\w+:\/\/)[^\s/"@]*@/g, '$1…@').replace(/([?&][^\s=&"]+)=[^\s&"]*/g, '$1=…');
}

/** Targets of which Prometheus doesn't know yet whether they can be scraped, by their jobs. */
export function unscrapedTargets(targets: LiveTarget[]): NotJudged[] {
  const waiting = targets.filter(({ health }) => health !== 'up' && health !== 'down');
  return [...groupBy(waiting, jobOf)].map(([job, those]) => ({
    what: those.length === 1 ? `a target of ${job}` : `${those.length} targets of ${job}`,
    why: 'not scraped yet',
    decisive: !targets.some((target) => jobOf(target) === job && target.health === 'up'),
  }));
}

/** The job that a target belongs to. */
export function jobOf(target: LiveTarget): string {
  return target.labels['job'] ?? target.scrapePool;
}
