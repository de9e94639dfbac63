import type { LiveFinding, LiveResult } from '../../model/attach.ts';
import type { Level } from '../../model/check.ts';
import { colors, count, harmless, labelled, proseWidth } from '../text.ts';
import type { Colors } from '../text.ts';

export interface AttachTextOptions {
  color: boolean;
  width: number;
  /** Every finding of a kind, not the first few. */
  verbose: boolean;
}

/** So many findings of a kind are shown at first. */
const SHOWN = 5;
const ORDER: Level[] = ['error', 'warning', 'advice'];

/** A judgement of a running system for people: the worst first, one reason for all findings of a kind. */
export function attachText(result: LiveResult, options: AttachTextOptions): string {
  const c = colors(options.color);
  const width = proseWidth(options.width);
  const kinds = [...new Set(result.findings.map((finding) => finding.id))];
  const groups = kinds
    .map((id) => result.findings.filter((finding) => finding.id === id))
    .sort((a, b) => rank(a) - rank(b));
  return [
    ...groups.map((group) => groupText(group, c, width, options.verbose ? Infinity : SHOWN)),
    [
      ...notJudgedLines(result, width),
      ...result.asked.map(({ of, address, version }) =>
        c.dim(`${of} ${harmless(version ?? '(version unknown)')} at ${harmless(address)}`),
      ),
      c.bold(summary(result)),
    ].join('\n'),
  ].join('\n\n');
}

function rank(group: LiveFinding[]): number {
  return ORDER.indexOf(group[0]?.level ?? 'advice');
}

function groupText(group: LiveFinding[], c: Colors, width: number, most: number): string {
  const [first] = group;
  if (!first) return '';
  const paint = { error: c.red, warning: c.yellow, advice: c.blue }[first.level];
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

function notJudgedLines({ notJudged }: LiveResult, width: number): string[] {
  return notJudged.flatMap(({ what, why }) =>
    labelled('not judged', `${harmless(what)}: ${harmless(why)}`, {
      indent: 0,
      labelWidth: 12,
      width,
    }),
  );
}

function summary({ findings, looked }: LiveResult): string {
  const of = (level: Level): number => findings.filter((f) => f.level === level).length;
  const found =
    findings.length === 0
      ? 'nothing wrong'
      : [
          count(of('error'), 'error'),
          count(of('warning'), 'warning'),
          `${of('advice')} advice`,
        ].join(', ');
  const { targets, alerts, recordings, panels, metrics, requests } = looked;
  const parts = [
    count(targets, 'target'),
    count(alerts, 'alert'),
    count(recordings, 'recording rule'),
    count(panels, 'panel'),
    count(metrics, 'promised metric'),
  ];
  return `${found} in ${parts.join(', ')}; ${count(requests, 'request')}, all of them reading`;
}
