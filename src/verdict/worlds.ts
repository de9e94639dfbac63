import { nameOf } from '../model/expectation-kinds.ts';
import type { RecordedWorld } from '../model/recorded-world.ts';
import type { Judgement, Outcome, Verdict } from '../model/verdict.ts';
import { countsOf, judge, outcomeOf } from './index.ts';

/** The worse first. */
const WORSE: Outcome[] = ['fail', 'inconclusive', 'pass'];

/**
 * The judgement of a proof that ran in several worlds side by side: each is judged by itself. What is expected in more
 * than one (nothing unexpected, the Watchdog) has to hold in each of them.
 * @param worlds the run's own first; at least one
 */
export function judgeWorlds(worlds: [RecordedWorld, ...RecordedWorld[]]): Judgement {
  const all = worlds.map((world) => ({ world, judgement: judge(world.plan, world.evidence) }));
  const [{ judgement: first }] = all as [(typeof all)[number]];
  if (all.length === 1) return first;
  const verdicts = merged(all);
  const counts = countsOf(verdicts);
  const outcome = outcomeOf(counts);
  const interruptions = all.flatMap(({ judgement }) => judgement.interruption ?? []);
  const evidence = worlds.map((world) => world.evidence);
  return {
    ...first,
    verdicts,
    counts,
    outcome,
    exitCode: outcome === 'pass' ? 0 : outcome === 'fail' ? 1 : 2,
    wallMs:
      Math.max(...evidence.map((one) => one.endedAt)) -
      Math.min(...evidence.map((one) => one.startedAt)),
    criticalPathMs: Math.max(...all.map(({ judgement }) => judgement.criticalPathMs)),
    interruption: interruptions.length === 0 ? null : [...new Set(interruptions)].join('; '),
  };
}

type Judged = { world: RecordedWorld; judgement: Judgement };

/** Every expectation once: its worst verdict; of equals that of the world where the alert was provoked. */
function merged(all: Judged[]): Verdict[] {
  const verdicts = new Map<string, { verdict: Verdict; isAtHome: boolean }>();
  for (const { world, judgement } of all)
    for (const verdict of judgement.verdicts) {
      const name = nameOf(verdict.expectation);
      const isAtHome = isProvoked(world, verdict);
      const other = verdicts.get(name);
      const rank = other
        ? WORSE.indexOf(verdict.outcome) - WORSE.indexOf(other.verdict.outcome)
        : -1;
      if (rank < 0 || (rank === 0 && isAtHome && !other?.isAtHome))
        verdicts.set(name, { verdict, isAtHome });
    }
  return [...verdicts.values()].map(({ verdict }) => verdict);
}

function isProvoked({ plan }: RecordedWorld, { expectation: { subject } }: Verdict): boolean {
  return subject.about === 'alert' && plan.tracks.some((track) => track.alert === subject.alert);
}
