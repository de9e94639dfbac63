import { nameOf, titleOf } from '../model/expectation-kinds.ts';
import { subjectId } from '../model/expectation.ts';
import { formatSource } from '../model/source.ts';
import type { Finding } from '../model/finding.ts';
import type { Verdict } from '../model/verdict.ts';
import { harmless, labelled, wrap } from './text.ts';
import type { Colors } from './text.ts';

const LABEL_WIDTH = 10;
const INDENT = 2;

/**
 * A verdict's finding, or a stand-in that says that there is none: a failure is never shown without
 * words.
 */
export function findingOf(verdict: Verdict): Finding {
  return (
    verdict.finding ?? {
      id: 'could-not-judge',
      title: nameOf(verdict.expectation),
      source: null,
      query: null,
      expected: titleOf(verdict.expectation),
      seen: verdict.measured ?? 'nothing was recorded',
      likelyCause: 'unknown: the verdict came without a finding',
    }
  );
}

/**
 * Verdicts of one and the same finding (a run that was interrupted leaves dozens) are told once,
 * with all their tracks.
 */
export function grouped(verdicts: Verdict[]): Verdict[][] {
  const groups = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const f = findingOf(verdict);
    // Only what couldn't be judged: of failures each has its own line in the file to mend.
    const key =
      verdict.outcome === 'inconclusive'
        ? JSON.stringify([titleOf(verdict.expectation), f.id, f.expected, f.seen, f.likelyCause])
        : JSON.stringify([groups.size]);
    groups.set(key, [...(groups.get(key) ?? []), verdict]);
  }
  return [...groups.values()];
}

/**
 * One finding in full: where, which query, what was expected, what was seen, and why that may be.
 */
export function findingText(
  group: Verdict[],
  heading: string,
  options: { width: number; colors: Colors },
): string {
  const first = group[0];
  if (!first) return '';
  const { width, colors: c } = options;
  const f = findingOf(first);
  const { about } = first.expectation.subject;
  const thing = about === 'alert' ? 'track' : about;
  const paint = (text: string): string =>
    first.outcome === 'fail' ? c.bold(c.red(text)) : c.bold(c.yellow(text));
  const title =
    group.length === 1 ? f.title : `${group.length} ${thing}s: ${titleOf(first.expectation)}`;
  const field = (label: string, text: string, cut = true): string[] =>
    labelled(label, harmless(text).trim(), {
      indent: INDENT,
      labelWidth: LABEL_WIDTH,
      width,
      cut,
      paint: c.dim,
    });
  return [
    ...wrap(`${heading} ${harmless(title)}`, width).map((line, i) =>
      i === 0 ? paint(line) : paint(`  ${line}`),
    ),
    // Not wrapped: it has to stay a link.
    ...(f.source && group.length === 1
      ? [`${' '.repeat(INDENT)}${c.dim('at'.padEnd(LABEL_WIDTH))}${c.cyan(formatSource(f.source))}`]
      : []),
    ...field(
      group.length === 1 ? thing : `${thing}s`,
      group.length === 1
        ? `${subjectId(first.expectation.subject)}, "${titleOf(first.expectation)}"`
        : group.map((v) => subjectId(v.expectation.subject)).join(', '),
    ),
    ...(f.query ? field('query', dedent(f.query), false) : []),
    ...field('expected', f.expected),
    ...field('seen', f.seen),
    ...field('cause', f.likelyCause),
    ...field('more', `docs/findings.md#${f.id}`),
  ].join('\n');
}

/** A finding without layout, for machines that show text as it is (JUnit). */
export function findingPlain(verdict: Verdict): string {
  const f = findingOf(verdict);
  const { subject } = verdict.expectation;
  const lines = [
    ...(f.source ? [`at:       ${formatSource(f.source)}`] : []),
    `${subject.about === 'alert' ? 'track: ' : `${subject.about}:`}   ${subjectId(subject)}, ` +
      `"${titleOf(verdict.expectation)}"`,
    ...(f.query ? [`query:    ${dedent(f.query).replace(/\n/g, '\n          ')}`] : []),
    `expected: ${f.expected}`,
    `seen:     ${f.seen}`,
    `cause:    ${f.likelyCause}`,
    `more:     docs/findings.md#${f.id}`,
  ];
  return harmless(lines.join('\n'));
}

function dedent(query: string): string {
  const lines = query.trimEnd().split('\n');
  const common = Math.min(
    ...lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)?.[0].length ?? 0),
  );
  return lines.map((line) => line.slice(common)).join('\n');
}
