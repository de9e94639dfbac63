import type { LiveFinding } from '../../model/attach.ts';
import type { HistogramLimit, ServiceEvidence } from '../../model/conform.ts';
import type { Sample } from '../../model/exposition.ts';
import { finding } from '../finding.ts';
import type { HttpRoles } from '../roles.ts';
import { growth, lastOf } from '../samples.ts';

/** A service can't have taken longer in all than k6 waited; the slack is for its own clock. */
const SLACK = 1.1;
const SLACK_SECONDS = 0.05;
const QUANTILES = ['0.5', '0.95', '0.99'] as const;

/** The histogram of response times held against what k6 waited, and against the alerts' limits. */
export function durationFindings(
  { before, after, account }: ServiceEvidence,
  limits: HistogramLimit[],
  { durations }: HttpRoles,
): LiveFinding[] {
  if (!durations) return [];
  const { metric } = durations;
  const grown = (part: string): Sample[] =>
    growth(lastOf(before), lastOf(after), metric.name + part);
  const about = { subject: metric.name, where: metric.where };
  const buckets = bucketsOf(grown('_bucket'));
  const seconds = grown('_sum').reduce((sum, { value }) => sum + value, 0);
  const most = account.waitedInAllSeconds * SLACK + SLACK_SECONDS;
  const unit =
    seconds > most * UNIT_FACTOR
      ? [
          finding('unit', {
            ...about,
            title: `it says ${round(seconds)} s in all, and k6 waited ${round(account.waitedInAllSeconds)} s`,
          }),
        ]
      : [];
  return [
    ...unit,
    ...(unit.length > 0 ? [] : outside(buckets, account.waitedSeconds, about)),
    ...limits
      .filter(
        (limit) => limit.metric === metric.name && !buckets.some(([le]) => le === limit.limit),
      )
      .map(({ alert, limit, where }) =>
        finding('noEdge', {
          subject: metric.name,
          where,
          title: `${alert} has its limit at ${limit} s, and no bucket ends there`,
        }),
      ),
  ];
}

/** Milliseconds for seconds are a factor of 1000; a tenth of it is beyond any doubt. */
const UNIT_FACTOR = 100;

/** Cumulative counts by upper edge, ascending. */
function bucketsOf(samples: Sample[]): [number, number][] {
  const byEdge = new Map<number, number>();
  for (const { labels, value } of samples) {
    const edge = labels['le'] === '+Inf' ? Infinity : Number(labels['le']);
    byEdge.set(edge, (byEdge.get(edge) ?? 0) + value);
  }
  return [...byEdge].sort(([a], [b]) => a - b);
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
