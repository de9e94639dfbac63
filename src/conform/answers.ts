import { HarnessError } from '../lib/errors.ts';
import type { AnsweredCount, ConformAccount, Lost, RoutePlan } from '../model/conform.ts';

const HOW: Record<Lost, string> = {
  late: 'no answer in time',
  refused: 'the connection was refused',
  untrusted: 'the certificate is not trusted',
  broken: 'the connection broke off',
};

/** How many requests were answered, with whatever status. */
export function answersIn(counts: AnsweredCount[]): number {
  return counts
    .filter(({ status }) => status !== 0)
    .reduce((sum, { count: answered }) => sum + answered, 0);
}

/** How many requests were sent in all. */
export function requestsOf(plans: RoutePlan[]): number {
  return plans.reduce((sum, { requests }) => sum + requests, 0);
}

/**
 * How many of a route's requests weren't answered: those, too, that k6 didn't come to because the
 * others took so long.
 */
export function unansweredOf(
  { requests }: RoutePlan,
  route: number,
  { counts }: Pick<ConformAccount, 'counts'>,
): number {
  return requests - answersIn(counts.filter((count) => count.route === route));
}

/**
 * Nothing can be compared where nothing was answered.
 * @throws HarnessError when none of the requests was
 */
export function demandAnswers(url: string, routes: RoutePlan[], account: ConformAccount): void {
  if (answersIn(account.counts) > 0) return;
  const named = routes.slice(0, 3).map(({ method, template }) => `${method} ${template ?? ''}`);
  const more = routes.length > named.length ? [`${routes.length - named.length} more`] : [];
  const how = Object.entries(account.lost)
    .filter(([, often]) => often > 0)
    .map(([why, often]) => `${HOW[why as Lost]} (${often})`);
  throw new HarnessError(
    `${url} answered none of ${requestsOf(routes)} requests to ${[...named, ...more].join(', ')}: ` +
      (how.join(', ') || 'k6 was not told why'),
    'It tells its metrics and answers nothing else: look at its log, or name other routes (--route).',
  );
}
