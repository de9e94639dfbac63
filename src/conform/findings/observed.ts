import type { ServiceEvidence } from '../../model/conform.ts';
import type { Sample } from '../../model/exposition.ts';
import { answersIn, requestsOf } from '../answers.ts';
import type { HttpRoles } from '../roles.ts';
import { grownAtRest, growth, lastOf, plainTemplate } from '../samples.ts';
import { isManifold, templatesOf } from './ledger.ts';

/** What a histogram observed of k6's requests. */
interface Observed {
  /** Cumulative counts by upper edge, ascending. */
  buckets: [number, number][];
  seconds: number;
  count: number;
  /** Answers that k6 had. */
  answered: number;
  /**
   * Whether it is held against what k6 waited. `part`: not all routes, since some grow at rest;
   * `others`: it holds requests that k6 didn't send; `lost`: k6 had no answer to some.
   */
  comparable: 'all' | 'part' | 'others' | 'lost';
}

/**
 * What was observed between the two looks, without routes that grow at rest: scrapes, or somebody's
 * health check.
 */
export function observedOf(
  evidence: Pick<ServiceEvidence, 'before' | 'after' | 'account' | 'routes'>,
  { metric, route }: NonNullable<HttpRoles['durations']>,
): Observed {
  const { before, after, account, routes } = evidence;
  const routeOf = ({ labels }: Sample): string => plainTemplate(labels[route] ?? '');
  const asked = templatesOf(routes.map(({ template }) => ({ route: template ?? '' })));
  const restless = new Set(grownAtRest(evidence, `${metric.name}_count`).map(routeOf));
  const calm = (part: string): Sample[] =>
    growth(lastOf(before), lastOf(after), metric.name + part).filter(
      (one) => !restless.has(routeOf(one)),
    );
  const count = sum(calm('_count'));
  const answered = answersIn(account.counts);
  // Where it holds more than k6 asked, other routes than those are somebody else's.
  const isMore = count > answered && !isManifold(count, answered);
  const own = (part: string): Sample[] =>
    calm(part).filter((one) => !isMore || asked.has(routeOf(one)));
  const lacks = [...restless].some((one) => asked.has(one)) || count < answered;
  const known = restless.size > 0 && lacks ? 'part' : 'all';
  const isTold = isMore && sum(own('_count')) !== answered ? 'others' : known;
  return {
    ...{ buckets: bucketsOf(own('_bucket')), seconds: sum(own('_sum')), count, answered },
    comparable: answered < requestsOf(routes) ? 'lost' : isTold,
  };
}

function bucketsOf(samples: Sample[]): [number, number][] {
  const byEdge = new Map<number, number>();
  for (const { labels, value } of samples) {
    const edge = labels['le'] === '+Inf' ? Infinity : Number(labels['le']);
    byEdge.set(edge, (byEdge.get(edge) ?? 0) + value);
  }
  return [...byEdge].sort(([a], [b]) => a - b);
}

function sum(samples: Sample[]): number {
  return samples.reduce((total, { value }) => total + value, 0);
}
