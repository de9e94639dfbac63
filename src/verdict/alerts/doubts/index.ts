import { GROUPS_QUERY, STATE_QUERIES } from '../../../model/evidence.ts';
import type { Evidence, GroupHealth } from '../../../model/evidence.ts';
import { HELD_UP_MS } from '../../held-up.ts';
import type { TrackContext } from '../context.ts';
import type { Doubt } from './doubt.ts';
import { EVALUATED, HELD_UP } from './explains.ts';
import { scrapeDoubts } from './scrapes.ts';
import { standingDoubts } from './standing.ts';
import { stimulusDoubts } from './stimulus.ts';

/**
 * What the machine or the harness may have spoilt. Doubts turn failures into "inconclusive"; they
 * never turn anything into a pass.
 */
export function runDoubts(evidence: Evidence): Doubt[] {
  return [
    ...missedEvaluations(evidence),
    ...slowGroups(evidence),
    ...lags(evidence),
    ...refusedQueries(evidence),
  ];
}

/** The same, and what may have gone wrong with a track's own target and stimulus. */
export function trackDoubts(c: TrackContext): Doubt[] {
  return [...runDoubts(c.evidence), ...scrapeDoubts(c), ...standingDoubts(c), ...stimulusDoubts(c)];
}

function missedEvaluations({ groups }: Evidence): Doubt[] {
  const missed = groups.filter((g) => g.iterationsMissed > 0);
  if (missed.length === 0) return [];
  const which = missed.map((g) => `${nameOf(g)} ${g.iterationsMissed}`).join(', ');
  return [{ reason: `rule evaluations were missed: ${which}`, explains: EVALUATED }];
}

function slowGroups({ groups }: Evidence): Doubt[] {
  const slow = groups.filter((g) => g.lastDurationMs > g.intervalMs);
  if (slow.length === 0) return [];
  const which = slow.map((g) => `${nameOf(g)} ${Math.round(g.lastDurationMs)} ms`).join(', ');
  return [{ reason: `a rule group took longer than its interval: ${which}`, explains: EVALUATED }];
}

/** File and name: several groups may have one name. */
function nameOf({ file, name }: GroupHealth): string {
  return `${file.split('/').at(-1) ?? ''}/${name}`;
}

function lags(evidence: Evidence): Doubt[] {
  return evidence.lags
    .filter(({ ms }) => ms > HELD_UP_MS)
    .map(({ at, ms }) => ({
      reason: `the harness itself was held up for ${Math.round(ms)} ms (at most ${HELD_UP_MS})`,
      at,
      explains: HELD_UP,
      notWithoutValue: true,
    }));
}

/**
 * Of what alerts are judged by: an expression that can't be evaluated over the run says nothing of
 * others, and of its own alert just that.
 */
function refusedQueries({ queryErrors }: Evidence): Doubt[] {
  const judgedBy = [...STATE_QUERIES, GROUPS_QUERY];
  return queryErrors
    .filter(({ query }) => judgedBy.includes(query))
    .map(({ query, error }) => ({
      reason: `Prometheus refused the final query ${query}: ${error}`,
    }));
}
