import type { CutOff, RequestCount } from '../../model/evidence.ts';
import type { Span } from '../../model/plan.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { CountedRoute } from '../../technologies/load.ts';
import { COUNTED_ROUTES, serviceOf } from '../../technologies/offered.ts';
import { failed, passed, unjudgedMetric } from './context.ts';
import type { MetricContext } from './context.ts';

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

/**
 * A counter equals what k6 counted, to the last request, in each life of the service. At the end of the last one all is
 * scraped and the counts are equal. In a life that was cut off, what came in its last moments may or may not have been
 * scraped: there the counter lies between k6's exact count and that plus the last moments'.
 */
export function equalsK6(c: MetricContext): Verdict[] {
  const counted = COUNTERS[c.metric.name];
  const service = serviceOf(c.plan.jobs.find((job) => job.name === c.job)?.component ?? '');
  const spans = c.plan.load.spans[service ?? ''];
  if (!counted || !service || !spans) return [];
  const k6 = c.evidence.k6;
  if (!k6)
    return [unjudgedMetric(c, EXPECTATION, 'k6 left no account', 'The run was interrupted.')];
  const lost = k6.counts.filter(
    (count) => count.service === 'other' || (count.service === service && count.name === 'other'),
  );
  const problems: string[] = lost.map(
    (count) => `${count.count} requests that no scenario foresaw`,
  );
  let pairs = 0;
  let requests = 0;
  let open = 0;
  for (const life of livesOf(c, spans)) {
    const answered = sums(
      k6.counts,
      service,
      life.exact,
      counted,
      (status) => status !== NO_ANSWER,
    );
    const unsure = sums(k6.counts, service, life.unsure, counted, (status) => status !== NO_ANSWER);
    const unanswered =
      sums(
        k6.counts,
        service,
        life.exact.filter((name) => spans.some((span) => span.name === name && span.exact)),
        { ...counted, keyOf: () => '' },
        (status) => status === NO_ANSWER,
      ).get('') ?? 0;
    open += unanswered;
    const seen = new Map<string, number>();
    for (const { labels, samples } of c.series) {
      const last = samples.findLast(([at]) => at >= life.fromMs && at < life.toMs);
      if (last) seen.set(counted.key(labels), (seen.get(counted.key(labels)) ?? 0) + last[1]);
    }
    for (const key of new Set([...answered.keys(), ...unsure.keys(), ...seen.keys()])) {
      const least = answered.get(key) ?? 0;
      const most = least + (unsure.get(key) ?? 0) + unanswered;
      const value = seen.get(key) ?? 0;
      if (value < least || value > most)
        problems.push(
          `${life.name}, ${key || counted.what}: ${value} instead of ${least === most ? least : `${least} to ${most}`}`,
        );
      if (least > 0) pairs++;
      requests += least;
    }
  }
  if (problems.length > 0) {
    return [
      failed(c, EXPECTATION, 'count-differs', {
        title: `${c.metric.name} of ${c.job} has counted otherwise than k6`,
        expected: `what k6 counted by ${counted.what}, to the last request`,
        seen:
          problems.slice(0, SHOWN).join('; ') +
          (problems.length > SHOWN ? `; and ${problems.length - SHOWN} more` : ''),
        likelyCause:
          'The service counts some requests twice, not at all or under another label, or relabelling drops series.',
      }),
    ];
  }
  if (requests === 0)
    return [
      unjudgedMetric(
        c,
        EXPECTATION,
        'k6 sent nothing that this metric counts',
        'The run ended before the load began.',
      ),
    ];
  return [
    passed(
      c,
      EXPECTATION,
      `${requests} requests, ${pairs} ${counted.what === 'route and status' ? 'route and status pairs' : counted.what === 'route' ? 'routes' : 'counter'}${open > 0 ? `, ${open} unanswered` : ''}`,
    ),
  ];
}

interface Life {
  name: string;
  fromMs: number;
  toMs: number;
  exact: string[];
  unsure: string[];
}

/** The lives of a service: from each start until it was surely stopped, with the spans whose requests it has answered. */
function livesOf(c: MetricContext, spans: Span[]): Life[] {
  const lives: Life[] = [];
  let fromMs = c.evidence.startedAt;
  const stops = c.evidence.timeline
    .filter((entry) => entry.signal === `component.${c.job}` && entry.level === 0)
    .map((entry) => entry.doneAt)
    .sort((a, b) => a - b);
  let name = '';
  let exact: string[] = [];
  for (const span of spans) {
    if (span.exact) {
      name ||= span.name;
      exact.push(span.name);
    } else if (span.name.startsWith('end of')) {
      const toMs = stops[lives.length] ?? Infinity;
      lives.push({ name, fromMs, toMs, exact, unsure: [span.name] });
      fromMs = toMs + 1;
      [name, exact] = ['', []];
    } else exact.push(span.name);
  }
  return [...lives, { name, fromMs, toMs: Infinity, exact, unsure: [] }];
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
