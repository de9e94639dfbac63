import { parseDurationMs } from '../lib/duration.ts';
import type { Prometheus } from './prometheus.ts';
import type { Group } from './rules.ts';

/**
 * How far back a group of rules looks: its own `query_offset`, or the `rule_query_offset` of the
 * prometheus.yml that loads it (rules/group.go, `QueryOffset`).
 */
export function queryOffsetOf(group: Group, prometheus: Prometheus | undefined): number {
  const own = group.value.get('query_offset').text();
  const common =
    prometheus?.origin === 'operator'
      ? undefined
      : prometheus?.root.at('global', 'rule_query_offset').text();
  return parseDurationMs(own ?? common ?? '') ?? 0;
}
