import type { CutOff, RequestCount } from '../../model/evidence.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { CountedRoute } from '../../technologies/load.ts';
import { COUNTED_ROUTES, serviceOf } from '../../technologies/offered.ts';
import { failed, passed, unjudgedMetric } from './context.ts';
import type { MetricContext } from './context.ts';
import { livesOf } from './lives.ts';
import type { Life } from './lives.ts';

const SHOWN = 4;
const NO_ANSWER = '0';
const CUT_OFF: CutOff = 'cut off';

/** Which of k6's requests a counter counts, and which of its labels tells what of them. */
interface Counted {
  takes: (count: RequestCount) => boolean;
  key: (labels: Record<string, string>) => string;
  keyOf: (count: RequestCount) => string;
  /** Status is none of its labels: an unanswered request may have been counted anywhere. */
  what: string;
}

const ofRoute = ({ name, method, status }: CountedRoute): Counted => ({
  takes: (c) =>
    c.name === name && c.method === method && (c.status === status || c.status === NO_ANSWER),
  key: () => '',
  keyOf: () => '',
  what: `${method} ${name} answered with ${status}`,
});

/** The counters whose truth k6 knows. */
const COUNTERS: Record<string, Counted> = {
  http_requests_total: {
    takes: () => true,
    key: (l) => `${l['method'] ?? ''} ${l['endpoint'] ?? ''} ${l['status'] ?? ''}`,
    keyOf: (c) => `${c.method} ${c.name} ${c.status}`,
    what: 'route and status',
  },
  http_request_duration_seconds: {
    takes: () => true,
    key: (l) => `${l['method'] ?? ''} ${l['endpoint'] ?? ''}`,
    keyOf: (c) => `${c.method} ${c.name}`,
    what: 'route',
  },
  ...Object.fromEntries(
    Object.entries(COUNTED_ROUTES).map(([metric, counted]) => [metric, ofRoute(counted)]),
  ),
};

const EXPECTATION = { kind: 'equals-counts', phase: null } as const;

/** What a counter was found to be, beside what k6 counted. */
interface Tally {
  problems: string[];
  /** How many of its series were compared, and the requests in them. */
  pairs: number;
  requests: number;
  /** Requests without an answer: each may have been counted or not. */
  unanswered: number;
}

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
  const k6 = c.evidence.k6;
  if (!k6)
    return [unjudgedMetric(c, EXPECTATION, 'k6 left no account', 'The run was interrupted.')];
  const isExact = (name: string): boolean => spans.some((s) => s.name === name && s.exact);
  const tallies = livesOf(c, spans).map((life) =>
    tallyOf(c, counted, life, k6.counts, service, isExact),
  );
  const sum = (of: (tally: Tally) => number): number =>
    tallies.reduce((all, tally) => all + of(tally), 0);
  return [
    verdictOn(c, counted, {
      problems: [...unforeseen(k6.counts, service), ...tallies.flatMap((tally) => tally.problems)],
      pairs: sum(({ pairs }) => pairs),
      requests: sum(({ requests }) => requests),
      unanswered: sum(({ unanswered }) => unanswered),
    }),
  ];
}

function unforeseen(counts: RequestCount[], service: string): string[] {
  return counts
    .filter((one) => one.service === 'other' || (one.service === service && one.name === 'other'))
    .map(({ count }) => `${count} requests that no scenario foresaw`);
}

/** One life of a service: what the counter read at its end, and what it may have been. */
function tallyOf(
  c: MetricContext,
  counted: Counted,
  life: Life,
  counts: RequestCount[],
  service: string,
  isExact: (span: string) => boolean,
): Tally {
  const wasAnswered = (status: string): boolean => status !== NO_ANSWER;
  const answered = sums(counts, service, life.exact, counted, wasAnswered);
  const unsure = sums(counts, service, life.unsure, counted, wasAnswered);
  const whole = { ...counted, keyOf: () => '' };
  const unanswered =
    sums(counts, service, life.exact.filter(isExact), whole, (s) => !wasAnswered(s)).get('') ?? 0;
  const seen = lastOf(c, counted, life);
  const tally: Tally = { problems: [], pairs: 0, requests: 0, unanswered };
  for (const key of new Set([...answered.keys(), ...unsure.keys(), ...seen.keys()])) {
    const least = answered.get(key) ?? 0;
    const most = least + (unsure.get(key) ?? 0) + unanswered;
    const value = seen.get(key) ?? 0;
    const expected = least === most ? String(least) : `${least} to ${most}`;
    if (value < least || value > most)
      tally.problems.push(`${life.name}, ${key || counted.what}: ${value} instead of ${expected}`);
    if (least > 0) tally.pairs++;
    tally.requests += least;
  }
  return tally;
}

/** What the counter read last in a life, by what k6 counts by. */
function lastOf(c: MetricContext, counted: Counted, { fromMs, toMs }: Life): Map<string, number> {
  const seen = new Map<string, number>();
  for (const { labels, samples } of c.series) {
    const last = samples.findLast(([at]) => at >= fromMs && at < toMs);
    const key = counted.key(labels);
    if (last) seen.set(key, (seen.get(key) ?? 0) + last[1]);
  }
  return seen;
}

function verdictOn(c: MetricContext, { what }: Counted, tally: Tally): Verdict {
  const { problems, pairs, requests, unanswered } = tally;
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
  if (requests === 0)
    return unjudgedMetric(
      c,
      EXPECTATION,
      'k6 sent nothing that this metric counts',
      'The run ended before the load began.',
    );
  const by =
    what === 'route and status'
      ? 'route and status pairs'
      : what === 'route'
        ? 'routes'
        : 'counter';
  return passed(
    c,
    EXPECTATION,
    `${requests} requests, ${pairs} ${by}${unanswered > 0 ? `, ${unanswered} unanswered` : ''}`,
  );
}

function sums(
  counts: RequestCount[],
  service: string,
  spans: string[],
  counted: Pick<Counted, 'takes' | 'keyOf'>,
  status: (status: string) => boolean,
): Map<string, number> {
  const out = new Map<string, number>();
  for (const count of counts) {
    if (
      count.service !== service ||
      count.name === 'other' ||
      !spans.includes(count.span) ||
      !(count.name === CUT_OFF || counted.takes(count)) ||
      !status(count.status)
    )
      continue;
    out.set(counted.keyOf(count), (out.get(counted.keyOf(count)) ?? 0) + count.count);
  }
  return out;
}
