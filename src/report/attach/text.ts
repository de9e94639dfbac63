import { liveExitCode } from '../../model/attach.ts';
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

function summary(result: LiveResult): string {
  const { findings, looked, notJudged } = result;
  const { targets, alerts, recordings, panels, metrics, requests } = looked;
  const parts = [
    count(targets, 'target'),
    count(alerts, 'alert'),
    count(recordings, 'recording rule'),
    count(panels, 'panel'),
    count(metrics, 'promised metric'),
  ];
  const all = notJudged.length === 0;
  return [
    ...(liveExitCode(result) === 2 ? ["couldn't be judged (exit code 2)"] : []),
    `${levelCounts(findings)} in ${all ? '' : 'what could be judged: '}${parts.join(', ')}`,
    ...(all ? [] : [`${notJudged.length} not judged`]),
    `${count(requests, 'request')}, all of them reading`,
  ].join('; ');
}
