import type { LiveResult } from '../../model/attach.ts';
import { levelCounts } from '../levels.ts';
import { notJudgedLines } from '../not-judged.ts';
import { colors, count, harmless, proseWidth, wrap } from '../text.ts';
import { findingGroups } from '../finding-groups.ts';
import type { FindingGroupsOptions } from '../finding-groups.ts';

/**
 * A judgement of a running system for people: the worst first, one reason for all findings of a
 * kind.
 */
export function attachText(result: LiveResult, options: FindingGroupsOptions): string {
  const c = colors(options.color);
  const width = proseWidth(options.width);
  return [
    ...findingGroups(result.findings, options),
    [
      ...notJudgedLines(result.notJudged, width),
      ...result.asked.map(({ of, address, version }) =>
        c.dim(`${of} ${harmless(version ?? '(version unknown)')} at ${harmless(address)}`),
      ),
      ...wrap(summary(result), width).map((line) => c.bold(line)),
    ].join('\n'),
  ].join('\n\n');
}

function summary({ findings, looked }: LiveResult): string {
  const { targets, alerts, recordings, panels, metrics, requests } = looked;
  const parts = [
    count(targets, 'target'),
    count(alerts, 'alert'),
    count(recordings, 'recording rule'),
    count(panels, 'panel'),
    count(metrics, 'promised metric'),
  ];
  return (
    `${levelCounts(findings)} in ${parts.join(', ')}; ` +
    `${count(requests, 'request')}, all of them reading`
  );
}
