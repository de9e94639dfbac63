import { nameOf } from '../model/expectation-kinds.ts';
import { subjectId } from '../model/expectation.ts';
import type { RecordedWorld } from '../model/recorded-world.ts';
import type { Judgement, Verdict } from '../model/verdict.ts';
import { conclusionOf } from './conclusion.ts';
import { judge } from './index.ts';
import { worseFirst } from './worse-first.ts';

/**
 * The judgement of a proof that ran in several worlds side by side: each is judged by itself. What
 * is expected in more than one (nothing unexpected, the Watchdog) has to hold in each of them. What
 * the machine had spoilt and was done again is judged by what was seen then; where it was judged
 * before, a failure of then counts too.
 * @param worlds the run's own first; at least one
 */
export function judgeWorlds(worlds: [RecordedWorld, ...RecordedWorld[]]): Judgement {
  const all = worlds.map((world) => ({ world, judgement: judge(world.plan, world.evidence) }));
  const [{ judgement: first }] = all as [(typeof all)[number]];
  if (all.length === 1) return first;
  const verdicts = all
    .filter(({ world }) => world.isAgain)
    .reduce(
      (before, { judgement }) => doneAgain(before, judgement.verdicts),
      merged(all.filter(({ world }) => !world.isAgain)),
    );
  const interruptions = all.flatMap(({ judgement }) => judgement.interruption ?? []);
  const evidence = worlds.map((world) => world.evidence);
  return {
    ...first,
    ...conclusionOf(verdicts),
    wallMs:
      Math.max(...evidence.map((one) => one.endedAt)) -
      Math.min(...evidence.map((one) => one.startedAt)),
    criticalPathMs: pathMs(all),
    interruption: interruptions.length === 0 ? null : [...new Set(interruptions)].join('; '),
  };
}

/** Worlds run side by side, and what is done again comes after them. */
function pathMs(all: Judged[]): number {
  const of = (isAgain: boolean): number[] =>
    all
      .filter(({ world }) => (world.isAgain ?? false) === isAgain)
      .map(({ judgement }) => judgement.criticalPathMs);
  return Math.max(...of(false)) + of(true).reduce((sum, ms) => sum + ms, 0);
}

/**
 * What couldn't be judged gives way to what was seen of the same subject when it was done again.
 */
function doneAgain(before: Verdict[], again: Verdict[]): Verdict[] {
  const subjects = new Set(again.map(subjectOf));
  const kept = before.filter((v) => v.outcome !== 'inconclusive' || !subjects.has(subjectOf(v)));
  const names = new Map(kept.map((v, i) => [questionOf(v), i]));
  for (const verdict of again) {
    const i = names.get(questionOf(verdict));
    if (i === undefined) kept.push(verdict);
    else if (verdict.outcome === 'fail' && kept[i]?.outcome === 'pass') kept[i] = verdict;
  }
  return kept;
}

/**
 * What a verdict is about. That nothing unexpected comes of an alert is one question, whether all
 * of its tracks are done again or one of them.
 */
function subjectOf({ expectation: { kind, subject } }: Verdict): string {
  return kind === 'nothing-unexpected' && subject.about === 'alert'
    ? `${kind} ${subject.alert}`
    : subjectId(subject);
}

/** What a verdict answers, by its subject's name as {@link subjectOf} has it. */
function questionOf(verdict: Verdict): string {
  const { expectation } = verdict;
  return expectation.kind === 'nothing-unexpected' ? subjectOf(verdict) : nameOf(expectation);
}

type Judged = { world: RecordedWorld; judgement: Judgement };

/**
 * Every expectation once: its worst verdict; of equals that of the world where the alert was
 * provoked.
 */
function merged(all: Judged[]): Verdict[] {
  const verdicts = new Map<string, { verdict: Verdict; isAtHome: boolean }>();
  for (const { world, judgement } of all)
    for (const verdict of judgement.verdicts.map((one) => ofAllTracks(one, all))) {
      const name = nameOf(verdict.expectation);
      const isAtHome = tracksOf(world, verdict) > 0;
      const other = verdicts.get(name);
      const rank = other ? worseFirst(verdict, other.verdict) : -1;
      if (rank < 0 || (rank === 0 && isAtHome && !other?.isAtHome))
        verdicts.set(name, { verdict, isAtHome });
    }
  return [...verdicts.values()].map(({ verdict }) => verdict);
}

/**
 * That nothing unexpected comes of an alert, filed under the alert as a whole where a world has
 * only one of its tracks and another one has others.
 */
function ofAllTracks(verdict: Verdict, all: Judged[]): Verdict {
  const { kind, subject } = verdict.expectation;
  if (kind !== 'nothing-unexpected' || subject.about !== 'alert') return verdict;
  const tracks = all.reduce((sum, { world }) => sum + tracksOf(world, verdict), 0);
  if (tracks < 2) return verdict;
  return {
    ...verdict,
    expectation: { ...verdict.expectation, subject: { ...subject, track: subject.alert } },
  };
}

/** How many tracks of the alert that a verdict is about a world has. */
function tracksOf({ plan }: RecordedWorld, { expectation: { subject } }: Verdict): number {
  return subject.about === 'alert'
    ? plan.tracks.filter((track) => track.alert === subject.alert).length
    : 0;
}
