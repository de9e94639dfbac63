import { seriesText } from '../lib/series-text.ts';
import type { Rounds, ServiceEvidence } from '../model/conform.ts';
import type { Sample, Scrape } from '../model/exposition.ts';

const PARTS = ['_bucket', '_sum', '_count'];

/**
 * Samples of a family: of a histogram all of its three kinds. What is declared by itself is no part
 * of another: a gauge `jobs_count` is none of `jobs`.
 */
export function ofFamily({ samples, types }: Scrape, name: string): Sample[] {
  const parts = PARTS.map((part) => name + part).filter((one) => types[one] === undefined);
  return samples.filter((sample) => sample.name === name || parts.includes(sample.name));
}

/** A sample's identity within a scrape. */
export function keyOf({ name, labels }: Pick<Sample, 'name' | 'labels'>): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return seriesText(name, Object.fromEntries(sorted));
}

/** The samples of a scrape by their identity. */
export function byKey(scrape: Scrape | undefined): Map<string, Sample> {
  return new Map((scrape?.samples ?? []).map((sample) => [keyOf(sample), sample]));
}

/** The last scrape of all. */
export function lastOf(rounds: Rounds): Scrape | undefined {
  return rounds.at(-1)?.at(-1);
}

/** How much each sample of a name grew between two scrapes; what wasn't there began at 0. */
export function growth(
  before: Scrape | undefined,
  after: Scrape | undefined,
  name: string,
): Sample[] {
  const old = byKey(before);
  return (after?.samples ?? [])
    .filter((sample) => sample.name === name)
    .map((sample) => ({ ...sample, value: sample.value - (old.get(keyOf(sample))?.value ?? 0) }));
}

/** Samples of a name that grew while nothing but the metrics was asked for, before or after. */
export function grownAtRest(
  { before, after }: Pick<ServiceEvidence, 'before' | 'after'>,
  name: string,
): Sample[] {
  return [before, after].flatMap((rounds) =>
    growth(rounds[0]?.[0], lastOf(rounds), name).filter(({ value }) => value > 0),
  );
}

/**
 * A parameter of a route's template, in whatever way it is written: `:id`, `{id}`, `<id>`. Behind a
 * word or another parameter a colon is part of the path (`/v1/items:batchGet`).
 */
export const PARAMETER = /\{[^}]*\}|<[^>]*>|(?<![\w}>]):[A-Za-z_]\w*/g;

/** Whether a route's template takes a parameter. */
export function hasParameter(template: string): boolean {
  return template.search(PARAMETER) >= 0;
}

/**
 * A route's template with its parameters unnamed: `/api/users/:id`, `/api/users/{user_id}` and
 * Django's `api/users/<int:id>` are the same.
 */
export function plainTemplate(template: string): string {
  return template.replace(PARAMETER, ':').replace(/^\/|\/$/g, '');
}
