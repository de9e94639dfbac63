import type { LiveFinding } from '../../model/attach.ts';
import type { AnsweredCount, RoutePlan, ServiceEvidence } from '../../model/conform.ts';
import { finding } from '../finding.ts';
import type { CountedRequests, HttpRoles } from '../roles.ts';
import { grownAtRest, growth, keyOf, lastOf, plainTemplate } from '../samples.ts';

/** Answers that the service counted as one. */
interface Counted {
  method: string;
  route: string;
  status: string;
  count: number;
}

/** k6's account of each answer held against the service's own counter. */
export function countFindings(evidence: ServiceEvidence, { requests }: HttpRoles): LiveFinding[] {
  if (!requests) return [];
  const { metric, status } = requests;
  const about = { subject: metric.name, where: metric.where };
  const counted = countedBy(requests, evidence);
  const texts = new Set(counted.map((one) => one.status).filter((code) => !/^\d{3}$/.test(code)));
  if (texts.size > 0)
    return [
      finding('statusText', {
        ...about,
        title: `\`${status}\` is ${[...texts].map((text) => `"${text}"`).join(', ')}`,
      }),
    ];
  const asked = askedOf(evidence);
  const compared = namesRoutes(counted, asked) ? byStatus(asked) : asked;
  return compared.flatMap((one) => {
    const { method, route, status: code, count } = one;
    const own = countOf(counted, one);
    if (own === count) return [];
    const elsewhere = own < count ? otherNames(counted, one, asked) : '';
    const isUncounted = Number(code) >= 500 && own < count && elsewhere === '';
    const what = `${method}${route === '' ? '' : ` ${route}`}`;
    return finding(isUncounted ? 'errorNotCounted' : 'count', {
      ...about,
      title: `${what} was answered with ${code} ${times(count)}, and counted ${times(own)}${elsewhere}`,
    });
  });
}

/** What the service's counter grew by, without what it counts of the scrapes. */
function countedBy(
  { series, method, route, status }: CountedRequests,
  { before, after }: Pick<ServiceEvidence, 'before' | 'after'>,
): Counted[] {
  const scrapes = new Set(grownAtRest(after, series).map(keyOf));
  return growth(lastOf(before), lastOf(after), series)
    .filter((one) => one.value !== 0 && !scrapes.has(keyOf(one)))
    .map(({ labels, value }) => ({
      method: (labels[method] ?? '').toUpperCase(),
      route: labels[route] ?? '',
      status: labels[status] ?? '',
      count: value,
    }));
}

/**
 * What k6 was answered. What wasn't answered may have been counted or not; where no route is, the
 * service names it.
 */
function askedOf({ account, routes }: Pick<ServiceEvidence, 'account' | 'routes'>): Counted[] {
  return account.counts.flatMap(({ route: number, status, count }: AnsweredCount) => {
    const asked: RoutePlan | undefined = routes[number];
    if (!asked || status === 0 || asked.template === null || count === 0) return [];
    const { method, template: route } = asked;
    return [{ method: method.toUpperCase(), route, status: String(status), count }];
  });
}

/** Whether routes are called by names (of a view, of a handler) that no template tells. */
function namesRoutes(counted: Counted[], asked: Counted[]): boolean {
  const templates = new Set(asked.map(({ route }) => plainTemplate(route)));
  return counted.every(({ route }) => !route.startsWith('/') && !templates.has(route));
}

/** The same, of all routes together. */
function byStatus(asked: Counted[]): Counted[] {
  const sums = new Map<string, Counted>();
  for (const one of asked) {
    const key = `${one.method} ${one.status}`;
    const count = one.count + (sums.get(key)?.count ?? 0);
    sums.set(key, { ...one, route: '', count });
  }
  return [...sums.values()];
}

/** How often something was counted; without a route, of all of them. */
function countOf(counted: Counted[], { method, route, status }: Counted): number {
  return counted
    .filter((one) => one.method === method && one.status === status)
    .filter((one) => route === '' || plainTemplate(one.route) === plainTemplate(route))
    .reduce((sum, { count }) => sum + count, 0);
}

/** Under what else such answers were counted: a route that goes by another name, say. */
function otherNames(counted: Counted[], { method, status }: Counted, asked: Counted[]): string {
  const templates = new Set(asked.map(({ route }) => plainTemplate(route)));
  const others = counted
    .filter((one) => one.method === method && one.status === status)
    .filter((one) => !templates.has(plainTemplate(one.route)))
    .map(({ route, count }) => `${times(count)} as \`${route}\``);
  return others.length === 0 ? '' : `; ${others.slice(0, 3).join(', ')}`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
