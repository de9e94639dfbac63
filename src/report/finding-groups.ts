import { groupBy } from '../lib/group-by.ts';
import type { LiveFinding } from '../model/attach.ts';
import { LEVELS, paintOf } from './levels.ts';
import { colors, count, harmless, labelled, proseWidth } from './text.ts';
import type { Colors } from './text.ts';

export interface FindingGroupsOptions {
  color: boolean;
  width: number;
  /** Every finding of a kind, not the first few. */
  verbose: boolean;
}

/** So many findings of a kind are shown at first. */
const SHOWN = 5;

/** Findings for people: the worst first, and for all of a kind that are mended alike one reason. */
export function findingGroups(findings: LiveFinding[], options: FindingGroupsOptions): string[] {
  const most = options.verbose ? Infinity : SHOWN;
  return [...groupBy(findings, ({ id, mend }) => `${id} ${mend}`).values()]
    .sort((a, b) => rank(a) - rank(b))
    .map((group) => groupText(group, colors(options.color), proseWidth(options.width), most));
}

function rank(group: LiveFinding[]): number {
  return LEVELS.indexOf(group[0]?.level ?? 'advice');
}

function groupText(group: LiveFinding[], c: Colors, width: number, most: number): string {
  const [first] = group;
  if (!first) return '';
  const paint = paintOf(c)[first.level];
  return [
    `${paint(first.level)}  ${c.bold(first.id)}  ${c.dim(count(group.length, 'finding'))}`,
    ...group.slice(0, most).flatMap(({ subject, where, title }) => [
      ...labelled('', `${c.cyan(harmless(subject))}: ${harmless(title)}`, {
        indent: 2,
        labelWidth: 0,
        width,
      }),
      c.dim(`    ${harmless(where)}`),
    ]),
    ...(group.length > most ? [`  … and ${group.length - most} more: --verbose`] : []),
    ...labelled('why', harmless(first.why), { indent: 2, labelWidth: 6, width, paint: c.dim }),
    ...labelled('mend', harmless(first.mend), { indent: 2, labelWidth: 6, width, paint: c.dim }),
  ].join('\n');
}
