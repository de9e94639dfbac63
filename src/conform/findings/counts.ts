import type { LiveFinding } from '../../model/attach.ts';
import type { ServiceEvidence } from '../../model/conform.ts';
import { advice, finding } from '../finding.ts';
import type { HttpRoles } from '../roles.ts';
import { plainTemplate } from '../samples.ts';
import {
  askedOf,
  byStatus,
  countedBy,
  isManifold,
  isOf,
  namesRoutes,
  templatesOf,
} from './ledger.ts';
import type { Asked, Counted, Entry } from './ledger.ts';

/** What a proxy or a load balancer answers by itself when the service doesn't. */
const GATEWAY = ['502', '503', '504'];

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
  return compared(counted, evidence)
    .filter(({ how }) => how === 'differs')
    .map(({ one, own, elsewhere }) =>
      finding(kindOf(one, own, elsewhere), {
        ...about,
        title: `${answered(one)} ${times(one.count)}, and counted ${times(own)}${elsewhere}`,
      }),
    );
}

/** What somebody else asked too, so that nobody can say what k6's answers were counted as. */
export function countAdvice(evidence: ServiceEvidence, { requests }: HttpRoles): LiveFinding[] {
  if (!requests) return [];
  const { metric } = requests;
  return compared(countedBy(requests, evidence), evidence)
    .filter(({ how }) => how === 'others')
    .map(({ one, all, isRestless }) =>
      advice('askedByOthers', {
        subject: metric.name,
        where: metric.where,
        title:
          `not compared: ${answered(one)} ${times(one.count)}, and ` +
          (isRestless
            ? 'its count also grows while nothing but the metrics is asked for'
            : `counted ${times(all)}`),
      }),
    );
}

interface Compared {
  one: Asked;
  /** Counted, without what grows at rest; and with it. */
  own: number;
  all: number;
  isRestless: boolean;
  /** What such answers were counted as instead. */
  elsewhere: string;
  how: 'same' | 'differs' | 'others';
}

function compared(counted: Entry[], evidence: ServiceEvidence): Compared[] {
  const asked = askedOf(evidence);
  return (namesRoutes(counted, asked) ? byStatus(asked) : asked).map((one) => {
    const matching = counted.filter(isOf(one));
    const isRestless = matching.some(({ restless }) => restless);
    const all = sum(matching);
    const own = sum(matching.filter(({ restless }) => !restless));
    const elsewhere = own < one.count ? otherNames(counted, one, asked) : '';
    const how = howCompared(one, { own, all, isRestless });
    return { one, own, all, isRestless, elsewhere, how };
  });
}

/**
 * Each answer is counted as often; more often where a request that wasn't answered may have been.
 * A service that counts each twice is wrong; a few more are somebody else's.
 */
function howCompared(
  { count, lost }: Asked,
  { own, all, isRestless }: Pick<Compared, 'own' | 'all' | 'isRestless'>,
): Compared['how'] {
  if ([own, all].some((sum) => sum >= count && sum - count <= lost)) return 'same';
  if (all < count || isManifold(own, count)) return 'differs';
  return isRestless || own > count ? 'others' : 'differs';
}

function kindOf(
  { status, count }: Counted,
  own: number,
  elsewhere: string,
): 'count' | 'errorNotCounted' | 'gatewayNotCounted' {
  if (Number(status) < 500 || own >= count || elsewhere !== '') return 'count';
  return own === 0 && GATEWAY.includes(status) ? 'gatewayNotCounted' : 'errorNotCounted';
}

/** Under what else such answers were counted: a route that goes by another name, say. */
function otherNames(counted: Entry[], one: Counted, asked: Counted[]): string {
  const templates = templatesOf(asked);
  const others = counted
    .filter(isOf({ ...one, route: '' }))
    .filter(({ route, restless }) => !restless && !templates.has(plainTemplate(route)))
    .map(({ route, count }) => `${times(count)} as \`${route}\``);
  return others.length === 0 ? '' : `; ${others.slice(0, 3).join(', ')}`;
}

function answered({ method, route, status }: Counted): string {
  return `${method}${route === '' ? '' : ` ${route}`} was answered with ${status}`;
}

function sum(counted: Counted[]): number {
  return counted.reduce((total, { count }) => total + count, 0);
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
