import { join } from 'node:path';
import type {
  CheckFinding,
  CheckResult,
  PromiseResult,
  UnreadFile,
  UnreadReason,
} from '../../model/check.ts';
import { groupedByRule } from './grouped.ts';
import { levelCounts, paintOf } from '../levels.ts';
import { colors, count, harmless, labelled, proseWidth, tableWidth, wrap } from '../text.ts';

export interface CheckTextOptions {
  color: boolean;
  width: number;
  /** The stack's folder as it was named, so that a terminal can open the place. */
  dir: string;
  /** Each finding for itself, however many there are. */
  verbose?: boolean;
}

/** More than these are told by rule. */
const MOST_SINGLE = 30;

/** The findings for people: place, what, why, how to mend; then the count. */
export function checkText(result: CheckResult, options: CheckTextOptions): string {
  const c = colors(options.color);
  const { findings } = result;
  const width = tableWidth(options.width);
  const items =
    findings.length > MOST_SINGLE && !options.verbose
      ? groupedByRule(findings, options)
      : oneByOne(findings, options);
  return [
    ...items,
    [
      ...wrap(checkSummary(result), width).map((line) => c.bold(line)),
      ...[
        ...unreadLines(result),
        ...baselineLines(result),
        ...(result.unanswered ?? []).map((what) => `not judged: ${harmless(what)}`),
        ...promiseLines(result.promises),
      ].flatMap((line) => wrap(line, width, false)),
    ].join('\n'),
  ].join('\n\n');
}

function oneByOne(findings: CheckFinding[], options: CheckTextOptions): string[] {
  const c = colors(options.color);
  const paint = paintOf(c);
  const width = proseWidth(options.width);
  return findings.map((f) => {
    const place = `${join(options.dir, harmless(f.file))}:${f.line}:${f.column}`;
    return [
      ...placeLines(place, f.subject, { paint: c, width: tableWidth(options.width) }),
      ...labelled(f.level.padEnd(8), `${harmless(f.title)}  [${f.rule}]`, {
        indent: 2,
        labelWidth: 8,
        width,
        paint: paint[f.level],
      }),
      ...labelled('why', harmless(f.why), { indent: 10, labelWidth: 5, width, paint: c.dim }),
      ...labelled('mend', `${harmless(f.mend)}${f.fix ? ` (--fix does: ${f.fix.title})` : ''}`, {
        indent: 10,
        labelWidth: 5,
        width,
        paint: c.dim,
      }),
    ].join('\n');
  });
}

const UNREAD: Record<UnreadReason, (many: number) => string> = {
  'helm-template': (many) =>
    `${count(many, 'template')} of Helm's (render them first: helm template)`,
  'jinja-template': (many) =>
    `${count(many, 'template')} of Jinja's (render them first, as Ansible or Salt does)`,
  'filled-in-first': (many) =>
    `${count(many, 'template')} that a script fills in, or people copy (do that first)`,
  'prometheus-1-rules': (many) => `${count(many, 'rule file')} in the language of Prometheus 1`,
  metricsql: (many) => `what only MetricsQL has in ${count(many, 'rule file')} of VictoriaMetrics'`,
  'loki-rules': (many) => `${count(many, 'rule file')} of Loki's (LogQL)`,
  refused: (many) => `${count(many, 'file or folder', 'files or folders')} that the system refuses`,
  'link-to-folder': (many) =>
    count(
      many,
      "link to a folder, which isn't followed",
      "links to folders, which aren't followed",
    ),
  broken: (many) => `${count(many, 'broken file')}`,
  'not-of-a-stack': (many) => `${count(many, 'file')} with nothing of a stack`,
};

/** A place is left whole, to be opened: too wide a subject has a line of its own. */
function placeLines(
  place: string,
  subject: string | undefined,
  { paint, width }: { paint: ReturnType<typeof colors>; width: number },
): string[] {
  if (subject === undefined) return [paint.cyan(place)];
  const named = `  ${harmless(subject)}`;
  return place.length + named.length > width
    ? [paint.cyan(place), paint.dim(named)]
    : [paint.cyan(place) + paint.dim(named)];
}

/** What wasn't looked at, in one line. */
function unreadLines({ unread }: CheckResult): string[] {
  const parts = Object.entries(UNREAD).flatMap(([reason, words]) => {
    const files = unread.filter((one) => one.reason === reason);
    const [first] = files;
    if (first === undefined) return [];
    const named =
      reason === 'not-of-a-stack' ? '' : `: ${namedFile(first)}${files.length > 1 ? ', …' : ''}`;
    return [`${words(files.length)}${named}`];
  });
  return parts.length === 0 ? [] : [`not read: ${parts.join('; ')}`];
}

/** That a link isn't followed is said before it. */
function namedFile({ file, reason, why }: UnreadFile): string {
  const isSaid = why === undefined || reason === 'link-to-folder';
  return isSaid ? harmless(file) : `${harmless(file)} (${harmless(why)})`;
}

function baselineLines({ baseline }: CheckResult): string[] {
  if (!baseline) return [];
  const gone =
    baseline.gone === 0
      ? ''
      : `; ${baseline.gone} of it ${baseline.gone === 1 ? 'is' : 'are'} mended: write it again (--write-baseline)`;
  return [`${count(baseline.left, 'finding')} of the baseline left out${gone}`];
}

/** What the alerts' unit tests gave: never silent about what wasn't judged. */
function promiseLines(promises: PromiseResult | undefined): string[] {
  if (!promises) return [];
  const { assertions, alerts, panels, notJudged, ran } = promises;
  const ofPanels = panels > 0 ? `, and ${panels} about panels` : '';
  const made =
    `${count(assertions, 'assertion')} about ${count(alerts.length, 'alert')} at real durations` +
    ofPanels;
  return [
    ran === true ? `promtool judged ${made}` : `not judged: ${made}: ${harmless(ran.reason)}`,
    ...notJudged.map(({ alert, reason }) => `not judged: ${harmless(alert)}: ${harmless(reason)}`),
  ];
}

/** One line: what was looked at, and what was found. */
export function checkSummary({ findings, looked, switchedOff }: CheckResult): string {
  const off = switchedOff === 0 ? '' : `; ${switchedOff} switched off`;
  return (
    `${levelCounts(findings)} in ${count(looked.files, 'file')}: ${count(looked.alerts, 'alert')}, ` +
    `${count(looked.dashboards, 'dashboard')}, ` +
    `${count(looked.expressions, 'expression')}${off}`
  );
}
