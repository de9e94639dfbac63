import type { LiveFinding } from '../../model/attach.ts';
import type { ServiceEvidence, ServicePromise } from '../../model/conform.ts';
import type { Scrape } from '../../model/exposition.ts';
import { finding } from '../finding.ts';
import type { HttpRoles } from '../roles.ts';
import { byKey, keyOf, ofFamily } from '../samples.ts';

/** What must stand still at rest, only ever grow, and be back at rest in the end. */
export function steadyFindings(
  evidence: ServiceEvidence,
  promise: ServicePromise,
  { open, requests }: HttpRoles,
): LiveFinding[] {
  const growing = promise.metrics.filter(({ type }) => type !== 'gauge').map(({ name }) => name);
  const restless = unsteady(evidence.after, growing);
  const about = { subject: promise.job, where: '/metrics' };
  if (restless)
    return [
      finding('workers', {
        ...about,
        title: `at rest \`${restless.key}\` was ${restless.values.join(', then ')}`,
      }),
    ];
  const fell = firstFall(
    [evidence.before, evidence.after, evidence.probed].map((scrapes) => scrapes.at(-1)),
    growing,
  );
  const stuck = open && heldOpen(evidence, open.name);
  return [
    ...(fell
      ? [
          finding('reset', {
            ...about,
            title: `\`${fell.key}\` fell from ${fell.from} to ${fell.to}`,
          }),
        ]
      : []),
    ...(stuck && open && requests
      ? [
          finding('connections', {
            subject: open.name,
            where: open.where,
            title: `it is still ${stuck.now} when nothing is open any more; before it was ${stuck.rest}`,
          }),
        ]
      : []),
  ];
}

/** Beyond what a service at rest says: the scrape itself may be a connection, or a request. */
export function heldOpen(
  { before, after }: Pick<ServiceEvidence, 'before' | 'after'>,
  name: string,
): { now: number; rest: number } | undefined {
  const sum = (scrape: Scrape): number =>
    ofFamily(scrape, name).reduce((total, { value }) => total + value, 0);
  const rest = Math.max(0, ...before.map(sum));
  const now = Math.min(...after.map(sum));
  return now > rest ? { now, rest } : undefined;
}

/** A counter of the service that differs between scrapes in which nothing was asked of it. */
function unsteady(
  scrapes: Scrape[],
  names: string[],
): { key: string; values: number[] } | undefined {
  const [first] = scrapes;
  for (const name of names)
    for (const sample of first ? ofFamily(first, name) : []) {
      const key = keyOf(sample);
      const values = scrapes.map((scrape) => byKey(scrape).get(key)?.value ?? 0);
      if (new Set(values).size > 1) return { key, values };
    }
  return undefined;
}

/** A counter that fell between two looks, or is gone: what was counted once stays. */
function firstFall(
  scrapes: (Scrape | undefined)[],
  names: string[],
): { key: string; from: number; to: number } | undefined {
  const seen = new Map<string, number>();
  for (const scrape of scrapes) {
    if (!scrape) continue;
    const now = new Map(
      names.flatMap((name) => ofFamily(scrape, name)).map((one) => [keyOf(one), one.value]),
    );
    for (const [key, from] of seen) {
      const to = now.get(key) ?? 0;
      if (to < from) return { key, from, to };
    }
    for (const [key, value] of now) seen.set(key, value);
  }
  return undefined;
}
