import { join } from 'node:path';
import type { CheckFinding } from '../../model/check.ts';
import { LEVELS, paintOf } from '../levels.ts';
import { colors, harmless, labelled, proseWidth } from '../text.ts';
import type { CheckTextOptions } from './text.ts';

/** Places shown of a rule; the others are counted. */
const SHOWN = 5;
/** What wakes people comes before what they look at, and that before where it runs. */
const AREAS = [
  'file',
  'config',
  'alert',
  'promql',
  'template',
  'route',
  'promise',
  'grafana',
  'dashboard',
  'compose',
];

/**
 * Many findings, by rule: why and how to mend it once, then the first places. The worst rules come
 * first.
 */
export function groupedByRule(findings: CheckFinding[], options: CheckTextOptions): string[] {
  const c = colors(options.color);
  const paint = paintOf(c);
  const width = proseWidth(options.width);
  return ordered(findings).map(([first, ...rest]) => {
    const all = [first, ...rest];
    const text = (label: string, shown: string): string[] =>
      labelled(label, harmless(shown), { indent: 2, labelWidth: 5, width, paint: c.dim });
    const places = all
      .slice(0, SHOWN)
      .flatMap((f) => [
        `  ${c.cyan(`${join(options.dir, harmless(f.file))}:${f.line}:${f.column}`)}`,
        ...labelled('', harmless(f.title), { indent: 4, labelWidth: 0, width, paint: c.dim }),
      ]);
    const more = all.length - SHOWN;
    return [
      `${paint[first.level](first.level)} ${c.bold(first.rule)}: ${all.length === 1 ? 'once' : `${all.length} times`}`,
      ...text('why', first.why),
      ...text('mend', first.mend),
      ...places,
      ...(more > 0 ? [c.dim(`  and ${more} more (--verbose)`)] : []),
    ].join('\n');
  });
}

type Group = [CheckFinding, ...CheckFinding[]];

function ordered(findings: CheckFinding[]): Group[] {
  const groups = new Map<string, Group>();
  for (const one of findings) {
    const key = `${one.level} ${one.rule}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  const area = ({ rule }: CheckFinding): number => AREAS.indexOf(rule.split('/')[0] ?? '');
  return [...groups.values()].toSorted(
    ([a, ...as], [b, ...bs]) =>
      LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
      area(a) - area(b) ||
      bs.length - as.length,
  );
}
