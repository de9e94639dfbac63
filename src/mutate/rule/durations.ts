import { formatDuration, parseDurationMs } from '../../lib/duration.ts';
import type { RuleBody } from '../../model/rule-body.ts';
import type { RuleMutation, RuleOperator } from './operator.ts';

/** What an alert without one is given. */
const ADDED_MS = 60_000;

function changed(
  body: RuleBody,
  key: 'for' | 'keep_firing_for',
  toMs: (ms: number) => number,
): Omit<RuleMutation, 'operator'>[] {
  const ms = parseDurationMs(body[key] ?? '0s') ?? 0;
  const other = toMs(ms);
  if (body.alert === undefined || other === ms) return [];
  const becomes = formatDuration(other);
  return [{ at: [key], was: body[key] ?? '', becomes, body: { ...body, [key]: becomes } }];
}

function durationOperators(key: 'for' | 'keep_firing_for', name: string): RuleOperator[] {
  return [
    { id: `${name}-shorter`, mutations: (body) => changed(body, key, (ms) => Math.round(ms / 2)) },
    { id: `${name}-longer`, mutations: (body) => changed(body, key, (ms) => ms * 2 || ADDED_MS) },
    { id: `${name}-gone`, mutations: (body) => changed(body, key, () => 0) },
  ];
}

export const DURATION_OPERATORS: RuleOperator[] = [
  ...durationOperators('for', 'for'),
  ...durationOperators('keep_firing_for', 'keep-firing-for'),
];
