import type { LiveFinding } from '../../model/attach.ts';
import type { ServiceEvidence } from '../../model/conform.ts';
import { advice, finding } from '../finding.ts';
import type { HttpRoles } from '../roles.ts';
import { observedOf } from './observed.ts';

/** A service can't have taken longer in all than k6 waited; the slack is for its own clock. */
const SLACK = 1.1;
const SLACK_SECONDS = 0.05;
const QUANTILES = ['0.5', '0.95', '0.99'] as const;
/** Milliseconds for seconds are a factor of 1000; a tenth of it is beyond any doubt. */
const UNIT_FACTOR = 100;

/** The histogram of response times held against what k6 waited. */
export function durationFindings(
  evidence: ServiceEvidence,
  { durations }: HttpRoles,
): LiveFinding[] {
  if (!durations) return [];
  const { metric } = durations;
  const about = { subject: metric.name, where: metric.where };
  const { account } = evidence;
  const { buckets, seconds, comparable } = observedOf(evidence, durations);
  if (comparable === 'lost' || comparable === 'others') return [];
  const most = account.waitedInAllSeconds * SLACK + SLACK_SECONDS;
  if (seconds > most * UNIT_FACTOR)
    return [
      finding('unit', {
        ...about,
        title: `it says ${round(seconds)} s in all, and k6 waited ${round(account.waitedInAllSeconds)} s`,
      }),
    ];
  return comparable === 'all' ? outside(buckets, account.waitedSeconds, about) : [];
}

/** Times that can't be told from those of requests that somebody else sent. */
export function durationAdvice(evidence: ServiceEvidence, { durations }: HttpRoles): LiveFinding[] {
  if (!durations) return [];
  const { metric } = durations;
  const { comparable, count, answered } = observedOf(evidence, durations);
  if (comparable === 'all' || comparable === 'lost') return [];
  return [
    advice('askedByOthers', {
      subject: metric.name,
      where: metric.where,
      title:
        comparable === 'others'
          ? `times not compared: k6 had ${answered} answers, and the histogram holds ${count}`
          : 'times not compared: it also grows while nothing but the metrics is asked for',
    }),
  ];
}

/**
 * Quantiles whose bucket lies beyond what k6 waited: no request takes the service longer than its
 * caller waits, so neither does any quantile.
 */
function outside(
  buckets: [number, number][],
  waited: Record<(typeof QUANTILES)[number], number>,
  about: { subject: string; where: string },
): LiveFinding[] {
  const total = buckets.at(-1)?.[1] ?? 0;
  if (total === 0) return [];
  return QUANTILES.flatMap((quantile) => {
    const index = buckets.findIndex(([, count]) => count >= Number(quantile) * total);
    const lower = index > 0 ? (buckets[index - 1]?.[0] ?? 0) : 0;
    return lower > waited[quantile] * SLACK + SLACK_SECONDS
      ? finding('quantile', {
          ...about,
          title: `its ${quantile} quantile lies over ${lower} s, and k6 waited ${round(waited[quantile])} s`,
        })
      : [];
  });
}

function round(seconds: number): string {
  return String(Number(seconds.toPrecision(3)));
}
