import type { AnsweredCount, RoutePlan, ServiceEvidence } from '../../model/conform.ts';
import { unansweredOf } from '../answers.ts';
import type { CountedRequests } from '../roles.ts';
import { grownAtRest, growth, keyOf, lastOf, plainTemplate } from '../samples.ts';

/** Answers that were counted as one. */
export interface Counted {
  method: string;
  route: string;
  status: string;
  count: number;
}

/** What k6 was answered. */
export interface Asked extends Counted {
  /** Requests to the same that nobody answered: the service may have counted them or not. */
  lost: number;
}

/** What the service counted. */
export interface Entry extends Counted {
  /** It grew while nothing but the metrics was asked for. */
  restless: boolean;
}

/** What the service's counter grew by. */
export function countedBy(
  { series, method, route, status }: CountedRequests,
  evidence: Pick<ServiceEvidence, 'before' | 'after'>,
): Entry[] {
  const restless = new Set(grownAtRest(evidence, series).map(keyOf));
  return growth(lastOf(evidence.before), lastOf(evidence.after), series)
    .filter(({ value }) => value !== 0)
    .map((one) => ({
      method: (one.labels[method] ?? '').toUpperCase(),
      route: one.labels[route] ?? '',
      status: one.labels[status] ?? '',
      count: one.value,
      restless: restless.has(keyOf(one)),
    }));
}

/** What k6 was answered, by route and status; without a route, the service names it. */
export function askedOf({ account, routes }: Pick<ServiceEvidence, 'account' | 'routes'>): Asked[] {
  return account.counts.flatMap(({ route: number, status, count }: AnsweredCount) => {
    const asked: RoutePlan | undefined = routes[number];
    if (!asked || status === 0 || asked.template === null || count === 0) return [];
    const { method, template: route } = asked;
    const lost = unansweredOf(asked, number, account);
    return [{ method: method.toUpperCase(), route, status: String(status), count, lost }];
  });
}

/** The same, of all routes together. */
export function byStatus(asked: Asked[]): Asked[] {
  const sums = new Map<string, Asked>();
  for (const one of asked) {
    const key = `${one.method} ${one.status}`;
    const { count = 0, lost = 0 } = sums.get(key) ?? {};
    sums.set(key, { ...one, route: '', count: one.count + count, lost: one.lost + lost });
  }
  return [...sums.values()];
}

/** Whether routes are called by names (of a view, of a handler) that no template tells. */
export function namesRoutes(counted: Entry[], asked: Counted[]): boolean {
  const templates = templatesOf(asked);
  return counted.every(
    ({ route, restless }) =>
      !templates.has(plainTemplate(route)) && (restless || !route.startsWith('/')),
  );
}

/** So few that others may have asked for as many again. */
const FEW = 10;

/** Whether a service counts each answer two or more times; others ask for some more. */
export function isManifold(counted: number, answered: number): boolean {
  return answered >= FEW && counted > answered && counted % answered === 0;
}

/** What was asked, in one way of writing. */
export function templatesOf(asked: Pick<Counted, 'route'>[]): Set<string> {
  return new Set(asked.map(({ route }) => plainTemplate(route)));
}

/** Whether something was counted as what was asked; without a route, as one of all routes. */
export function isOf({ method, route, status }: Counted): (counted: Counted) => boolean {
  return (counted) =>
    counted.method === method &&
    counted.status === status &&
    (route === '' || plainTemplate(counted.route) === plainTemplate(route));
}
