import { formatDuration } from '../lib/duration.ts';
import type { AlertContract } from '../model/contract.ts';
import type { Timing } from '../model/plan.ts';
import type { Phase, Step, Track } from '../model/track.ts';
import { blipOf, drainFromOverMs, levelsOf, signalOf } from './levels.ts';
import type { Levels } from './levels.ts';
import type { Life } from './selection.ts';
import { inactiveWithinMs, pendingMs, receivedWithinMs, toldWithinMs } from '../lib/formulas.ts';

/** Appends steps one after the other, so that no start has to be computed twice. */
export function sequence(startMs: number): {
  add: (phase: Phase, ms: number, level: number) => void;
  steps: Step[];
  endMs: () => number;
} {
  const steps: Step[] = [];
  const endMs = (): number => steps.at(-1)?.endMs ?? startMs;
  return {
    steps,
    endMs,
    add: (phase, ms, level) => {
      const from = endMs();
      steps.push({ phase, startMs: from, endMs: from + ms, level });
    },
  };
}

/**
 * The life of an alert on a state of the world: just below its limit, over it for less than `for`,
 * just over it, and back.
 * @param startMs when what it sets is free
 * Returns a text instead of a track when the alert's durations leave no room for a blip.
 */
export function stateTrack(
  alert: AlertContract,
  timing: Timing,
  startMs: number,
  life: Life = 'whole',
): Track | string {
  const levels = levelsOf(alert.stimulus);
  if (!levels) return `a stimulus of kind ${alert.stimulus.kind} has no levels`;
  if (life === 'breach') return breachTrack(alert, levels, timing, startMs);
  const blip = blipOf(alert, levels, timing);
  if (!blip)
    return (
      `no pulse is both seen by an evaluation and shorter than \`for\` (scrape every ` +
      `${formatDuration(timing.scrapeMs)}, evaluation every ` +
      `${formatDuration(timing.evaluationMs)}, for ${formatDuration(timing.forMs)})`
    );
  const { scrapeMs: S, evaluationMs: E, responseMs: R, epsilonMs: e } = timing;
  const { add, steps } = sequence(startMs);
  if (life === 'loud') add('settle', S + E + e, levels.calm);
  else {
    add('settle', settleMs(timing), levels.near);
    add('near', nearMs(timing), levels.near);
    add('blip', blip.pulseMs, blip.level);
    add('rest', blip.drainMs + S + E + R + e, levels.calm);
  }
  if (life === 'quiet') return trackOf(alert, steps);
  add('breach', toldWithinMs(timing), levels.over);
  add(
    'recovery',
    inactiveWithinMs(timing, drainFromOverMs(levels, timing)) +
      receivedWithinMs(timing, 'resolved'),
    levels.calm,
  );
  return trackOf(alert, steps);
}

function settleMs(timing: Timing): number {
  const { scrapeMs: S, evaluationMs: E, windowMs: W, responseMs: R, epsilonMs: e } = timing;
  return W + S + E + R + e;
}

function nearMs(timing: Timing): number {
  const { scrapeMs: S, evaluationMs: E, epsilonMs: e } = timing;
  return pendingMs(timing) + 2 * E + S + e;
}

/**
 * How long a track is calm at its beginning, ms. Where calm is also just below the limit, it sets
 * nothing meanwhile that isn't so already, and what another track still has needn't be free.
 */
export function calmAtFirstMs({ stimulus }: AlertContract, timing: Timing): number {
  const levels = levelsOf(stimulus);
  return levels && levels.near === levels.calm ? settleMs(timing) + nearMs(timing) : 0;
}

/** Only that it fires and is told: from calm over its limit. */
function breachTrack(
  alert: AlertContract,
  { calm, over }: Levels,
  timing: Timing,
  startMs: number,
): Track {
  const { add, steps } = sequence(startMs);
  add('settle', settleMs(timing), calm);
  add('breach', toldWithinMs(timing) + timing.epsilonMs, over);
  return trackOf(alert, steps);
}

function trackOf(alert: AlertContract, steps: Track['steps']): Track {
  return {
    id: alert.name,
    alert: alert.name,
    labels: alert.labels,
    signal: signalOf(alert.stimulus),
    steps,
    follower: null,
    after: null,
  };
}
