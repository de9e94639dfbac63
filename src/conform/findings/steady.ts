import type { LiveFinding } from '../../model/attach.ts';
import type { Rounds, ServiceEvidence, ServicePromise } from '../../model/conform.ts';
import type { Scrape } from '../../model/exposition.ts';
import { CONFORM_FINDINGS, finding } from '../finding.ts';
import { restartIn } from '../restart.ts';
import type { HttpRoles } from '../roles.ts';
import { keyOf, lastOf, ofFamily } from '../samples.ts';

const WORKERS: string = CONFORM_FINDINGS.workers.id;
/** Types whose values never fall while the process lives. */
const GROWING = ['counter', 'histogram', 'summary'];

interface Fall {
  key: string;
  from: number;
  to: number;
}

/** What must stand still at rest, only ever grow, and be back at rest in the end. */
export function steadyFindings(
  evidence: ServiceEvidence,
  promise: ServicePromise,
  roles: HttpRoles,
): LiveFinding[] {
  const { before, after, probed } = evidence;
  // A process that began anew has counted nothing yet.
  const fallen = restartIn([...before, ...after, ...probed])
    ? []
    : fallenFindings(evidence, promise);
  return fallen.some(({ id }) => id === WORKERS)
    ? fallen
    : [...fallen, ...openFindings(evidence, roles)];
}

function fallenFindings(
  { before, after, probed }: ServiceEvidence,
  promise: ServicePromise,
): LiveFinding[] {
  const growing = promise.metrics
    .filter(({ type }) => GROWING.includes(type))
    .map(({ name }) => name);
  const restless = fallAtRest(after, growing);
  const about = { subject: promise.job, where: '/metrics' };
  if (restless)
    return [
      finding('workers', {
        ...about,
        title: `at rest \`${restless.key}\` was ${restless.from}, and then ${restless.to}`,
      }),
    ];
  const fell = firstFall([before, after, probed].map(lastOf), growing);
  return fell
    ? [
        finding('reset', {
          ...about,
          title: `\`${fell.key}\` fell from ${fell.from} to ${fell.to}`,
        }),
      ]
    : [];
}

/** Where nothing counts requests, nobody knows that a gauge of connections is about them. */
function openFindings(evidence: ServiceEvidence, { open, requests }: HttpRoles): LiveFinding[] {
  const stuck = open && requests && heldOpen(evidence, open.name);
  return stuck
    ? [
        finding('connections', {
          subject: open.name,
          where: open.where,
          title: `it is still ${stuck.now} when nothing is open any more; before it was ${stuck.rest}`,
        }),
      ]
    : [];
}

/**
 * Beyond what a service at rest says: the scrape itself may be a connection, or a request. What is
 * no number isn't back.
 */
export function heldOpen(
  { before, after }: Pick<ServiceEvidence, 'before' | 'after'>,
  name: string,
): { now: number; rest: number } | undefined {
  const sum = (scrape: Scrape): number =>
    ofFamily(scrape, name).reduce((total, { value }) => total + value, 0);
  const rest = Math.max(0, ...before.flat().map(sum));
  const now = Math.min(...after.flat().map(sum));
  const isBack = now <= (Number.isNaN(rest) ? 0 : rest);
  return isBack ? undefined : { now, rest };
}

/**
 * A counter that was less in a later round than in an earlier one. One that only rises is the
 * service's own business: scrapes that it counts, or work that it does by itself.
 */
function fallAtRest(rounds: Rounds, names: string[]): Fall | undefined {
  const most = new Map<string, number>();
  for (const round of rounds) {
    const seen = round.map((scrape) => countsOf(scrape, names));
    for (const [key, from] of most) {
      const to = Math.min(...seen.map((counts) => counts.get(key) ?? 0));
      if (to < from) return { key, from, to };
    }
    for (const [key, value] of seen.flatMap((counts) => [...counts]))
      most.set(key, Math.max(value, most.get(key) ?? 0));
  }
  return undefined;
}

/** What only ever grows; a summary's quantiles are no counts. */
function countsOf(scrape: Scrape, names: string[]): Map<string, number> {
  return new Map(
    names
      .flatMap((name) => ofFamily(scrape, name))
      .filter(({ labels }) => labels['quantile'] === undefined)
      .map((sample) => [keyOf(sample), sample.value]),
  );
}

/** A counter that fell between two looks, or is gone: what was counted once stays. */
function firstFall(scrapes: (Scrape | undefined)[], names: string[]): Fall | undefined {
  const seen = new Map<string, number>();
  for (const scrape of scrapes) {
    if (!scrape) continue;
    const now = countsOf(scrape, names);
    for (const [key, from] of seen) {
      const to = now.get(key) ?? 0;
      if (to < from) return { key, from, to };
    }
    for (const [key, value] of now) seen.set(key, value);
  }
  return undefined;
}
