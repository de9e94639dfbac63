import { labelsText } from '../../lib/series-text.ts';
import type { LiveFinding } from '../../model/attach.ts';
import { formatDuration } from '../../lib/duration.ts';
import { live } from '../finding.ts';
import type { Episode } from '../history.ts';
import { placeOf } from './place.ts';
import type { Rule } from '../../stack/rules.ts';

/** One instance of an alert, and when it would have fired. */
export interface Instance {
  labels: Record<string, string>;
  episodes: Episode[];
}

/**
 * So many times in the stretch, each gone again within a few evaluations, is more than anybody acts
 * on.
 */
const FLAPS = 5;

/** What the last days would have been with the rule as it is. */
export function historyFindings(rule: Rule, instances: Instance[], lastMs: number): LiveFinding[] {
  const fired = instances.filter(({ episodes }) => episodes.length > 0);
  if (fired.length === 0) return [];
  const total = fired.reduce((sum, { episodes }) => sum + episodes.length, 0);
  const longestMs = Math.max(...fired.flatMap(({ episodes }) => episodes.map(lengthMs)));
  const about = { subject: `alert ${rule.name}`, where: placeOf(rule) };
  const during = `in the last ${formatDuration(lastMs)}`;
  const flapping = fired.filter(({ episodes }) => episodes.length >= FLAPS);
  return [
    live('alertFired', {
      ...about,
      title: `would have fired ${times(total)} ${during}, for at most ${formatDuration(longestMs)}`,
    }),
    ...flapping.map(({ labels, episodes }) =>
      live('alertFlapped', {
        ...about,
        title: `${instanceText(labels)} came and went ${times(episodes.length)} ${during}`,
      }),
    ),
  ];
}

function lengthMs({ fromMs, toMs }: Episode): number {
  return toMs - fromMs;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function instanceText(labels: Record<string, string>): string {
  const { __name__: _, ...shown } = labels;
  void _;
  return labelsText(shown, ', ');
}
