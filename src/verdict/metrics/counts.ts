import type { RequestCount } from '../../model/k6-evidence.ts';
import type { Verdict } from '../../model/verdict.ts';
import { serviceOf } from '../../technologies/offered.ts';
import type { MetricContext } from './context.ts';
import { COUNTERS } from './counted.ts';
import type { Counted } from './counted.ts';
import { livesOf } from './lives.ts';
import { added, tallyOf } from './tally.ts';
import type { Account, Tally } from './tally.ts';
import { always, failed, passed, unjudgedMetric } from './verdicts.ts';

/** Differences that are told, of one counter. */
const SHOWN = 4;
const EXPECTATION = always('equals-counts');

/**
 * A counter equals what k6 counted, to the last request, in each life of the service. At the end of
 * the last one all is scraped and the counts are equal. In a life that was cut off, what came in
 * its last moments may or may not have been scraped: there the counter lies between k6's exact
 * count and that plus the last moments'.
 */
export function equalsK6(c: MetricContext): Verdict[] {
  const counted = COUNTERS[c.metric.name];
  const service = serviceOf(c.plan.jobs.find((job) => job.name === c.job)?.component ?? '');
  const spans = c.plan.load.spans[service ?? ''];
  if (!counted || !service || !spans) return [];
  const { k6 } = c.evidence;
  if (!k6)
    return [unjudgedMetric(c, EXPECTATION, 'k6 left no account', 'The run was interrupted.')];
  const account: Account = { counted, service, counts: k6.counts };
  const tally = added(livesOf(c, spans).map((life) => tallyOf(c, account, life)));
  const problems = [...unforeseen(k6.counts, service), ...tally.problems];
  return [verdictOn(c, counted, { ...tally, problems })];
}

function unforeseen(counts: RequestCount[], service: string): string[] {
  return counts
    .filter((one) => one.service === 'other' || (one.service === service && one.name === 'other'))
    .map(({ count }) => `${count} requests that no scenario foresaw`);
}

function verdictOn(c: MetricContext, { what, units }: Counted, tally: Tally): Verdict {
  const { problems, unseen, pairs, requests, unanswered } = tally;
  if (problems.length > 0)
    return failed(c, EXPECTATION, 'count-differs', {
      title: `${c.metric.name} of ${c.job} has counted otherwise than k6`,
      expected: `what k6 counted by ${what}, to the last request`,
      seen:
        problems.slice(0, SHOWN).join('; ') +
        (problems.length > SHOWN ? `; and ${problems.length - SHOWN} more` : ''),
      likelyCause:
        'The service counts some requests twice, not at all or under another label, or relabelling drops series.',
    });
  if (unseen.length > 0)
    return unjudgedMetric(
      c,
      EXPECTATION,
      unseen.slice(0, SHOWN).join('; '),
      'The last scrapes before the service was stopped didn’t come: what it answered then was ' +
        'seen by nobody.',
    );
  if (requests === 0)
    return unjudgedMetric(
      c,
      EXPECTATION,
      'k6 sent nothing that this metric counts',
      'The run ended before the load began.',
    );
  const silent = unanswered > 0 ? `, ${unanswered} unanswered` : '';
  return passed(c, EXPECTATION, `${requests} requests, ${pairs} ${units}${silent}`);
}
