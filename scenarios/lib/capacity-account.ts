import type { CapacityAccount, CapacityPart, Quantiles } from '../../src/model/capacity-load.ts';

/** What k6 hands to handleSummary, as far as it is read. */
export interface CapacitySummary {
  metrics: Record<string, { values: Record<string, number> } | undefined>;
}

const TRENDS = ['from_intended', 'http_req_duration'];
const COUNTERS = ['answered_after', 'errors', 'unanswered', 'refused'];
const measured = (metric: string, part: string | null): string =>
  `${metric}{span:measured${part === null ? '' : `,part:${part}`}}`;
const before = (part: string): string => `answered_from_before{part:${part}}`;

/**
 * The parts of metrics that the account needs: k6 keeps a part only where a threshold names it, so
 * each gets one that always holds.
 */
export function partsOf(parts: string[]): { name: string; stat: 'count' | 'med' }[] {
  return [null, ...parts].flatMap((part) => [
    ...TRENDS.map((metric) => ({ name: measured(metric, part), stat: 'med' as const })),
    ...COUNTERS.map((metric) => ({ name: measured(metric, part), stat: 'count' as const })),
    ...(part === null ? [] : [{ name: before(part), stat: 'count' as const }]),
  ]);
}

/**
 * k6's account of a step. What nobody counted is 0 here, for k6 leaves out a counter that never
 * moved.
 */
export function accountOf(parts: string[], data: CapacitySummary): CapacityAccount {
  const count = (metric: string): number => data.metrics[metric]?.values['count'] ?? 0;
  const quantiles = (metric: string, part: string | null): Quantiles => {
    const values = data.metrics[measured(metric, part)]?.values;
    if (!values || (values['count'] ?? 0) === 0) return {};
    const of = (stat: string): number => values[stat] ?? 0;
    return { '0.5': of('med'), '0.95': of('p(95)'), '0.99': of('p(99)'), '0.999': of('p(99.9)') };
  };
  const of = (part: string | null): CapacityPart => {
    const [sent, unanswered] = [
      count(measured('from_intended', part)),
      count(measured('unanswered', part)),
    ];
    return {
      sent,
      unanswered,
      errors: count(measured('errors', part)),
      refused: count(measured('refused', part)),
      answeredWithin:
        sent -
        unanswered -
        count(measured('answered_after', part)) +
        count(part === null ? 'answered_from_before' : before(part)),
      fromIntended: quantiles('from_intended', part),
      fromSent: quantiles('http_req_duration', part),
    };
  };
  return {
    iterations: count('iterations'),
    dropped: count('dropped_iterations'),
    all: of(null),
    parts: Object.fromEntries(parts.map((part) => [part, of(part)])),
  };
}
