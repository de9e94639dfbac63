import { groupBy } from '../../lib/group-by.ts';
import type { Inhibition } from '../../stack/alertmanager.ts';
import type { PlannedAlert } from './alerts.ts';
import type { Company } from './company.ts';
import { conflict, takes } from './conflicts.ts';
import type { Footprint } from './conflicts.ts';
import type { PlacedSeries } from './on-target.ts';
import type { TakenTargets } from './reported.ts';
import { scrapedAddress } from './target.ts';
import { schedule } from './schedule.ts';
import type { Life } from './times.ts';

/** An alert that is to be provoked, and how. */
export interface Candidate {
  alert: PlannedAlert;
  life: Life;
  /** Why it is proved in virtual time; empty: live. */
  why: string;
  /** As it is served; empty for a stand-in. */
  placed: PlacedSeries[];
  taken: TakenTargets;
}

/**
 * When each begins, stack ms: side by side where they don't touch, else one after the other.
 * @returns undefined for what finds no room
 */
export function arranged(
  candidates: readonly Candidate[],
  inhibitions: Inhibition[],
  alone: Company['alone'],
  withinMs: number,
): (number | undefined)[] {
  const isAlone = candidates.map(
    ({ alert, why }) => why === '' && alone.has(alert.recipe.alert.index),
  );
  const prints = candidates.map(footprintOf);
  const conflicts = conflictsOf(prints, inhibitions);
  conflicts.forEach((own, i) => {
    for (let j = 0; j < candidates.length; j++)
      if (i !== j && (isAlone[i] || isAlone[j])) own.add(j);
  });
  const jobs = candidates.map(({ life }, i) => ({
    lengthMs: life.endMs,
    conflicts: conflicts[i] ?? new Set<number>(),
    alone: isAlone[i] ?? false,
  }));
  return schedule(jobs, withinMs);
}

/** Whom each must not meet. Only those are compared that have anything in common. */
function conflictsOf(prints: readonly Footprint[], inhibitions: Inhibition[]): Set<number>[] {
  const conflicts = prints.map(() => new Set<number>());
  const meet = (i: number, j: number): void => {
    const [own, other] = [prints[i], prints[j]];
    if (!own || !other || i === j || conflicts[i]?.has(j)) return;
    if (!conflict(own, other, inhibitions)) return;
    conflicts[i]?.add(j);
    conflicts[j]?.add(i);
  };
  const having = indexed(prints, ({ series }) => series.map(({ metric }) => metric));
  const called = indexed(prints, ({ name }) => [name]);
  const on = indexed(prints, ({ targets }) => targets);
  prints.forEach(({ name: own, readings, downs }, i) => {
    for (const j of called.get(own) ?? []) meet(i, j);
    const names = new Set(readings.map(({ name }) => name));
    for (const name of names)
      // What selects by labels alone may take any metric.
      for (const j of name === undefined ? prints.keys() : (having.get(name) ?? [])) meet(i, j);
    for (const target of downs) for (const j of on.get(target) ?? []) meet(i, j);
  });
  for (const rule of inhibitions) {
    const equal = ({ alert }: Footprint): string | undefined =>
      rule.equal.some(({ text }) => alert.isOpen(text))
        ? undefined
        : JSON.stringify(rule.equal.map(({ text }) => alert.labels[text] ?? ''));
    const all = [...prints.entries()];
    const targets = groupBy(
      all.filter(([, print]) => takes(rule.target, print.alert)),
      ([, print]) => equal(print),
    );
    for (const [i, print] of all) {
      if (!takes(rule.source, print.alert)) continue;
      const key = equal(print);
      // What may have any value meets all.
      const met = key === undefined ? [...targets.values()].flat() : (targets.get(key) ?? []);
      for (const [j] of [...met, ...(targets.get(undefined) ?? [])]) meet(i, j);
    }
  }
  return conflicts;
}

/** Numbers of the footprints that have a thing, by the thing. */
function indexed<T>(
  prints: readonly Footprint[],
  thingsOf: (print: Footprint) => readonly T[],
): Map<T, Set<number>> {
  const found = new Map<T, Set<number>>();
  prints.forEach((print, i) => {
    for (const thing of thingsOf(print)) found.set(thing, (found.get(thing) ?? new Set()).add(i));
  });
  return found;
}

function footprintOf({ alert, placed, taken, why }: Candidate): Footprint {
  const downs = [...taken.down, ...taken.gone];
  const targets = [...placed.map(({ target }) => target), ...downs].map(scrapedAddress);
  return {
    readings: why === '' ? alert.readings : [],
    series: placed.flatMap(({ series, final, also = [] }) => [
      { metric: series.metric, labels: final },
      ...also,
    ]),
    downs: downs.map(scrapedAddress),
    targets,
    result: alert.result,
    name: alert.rule.name,
    alert: alert.notified,
  };
}
