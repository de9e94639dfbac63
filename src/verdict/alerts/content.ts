import { escapeRegex } from '../../lib/escape-regex.ts';
import type { Notice } from '../../lib/notices/notice.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { TrackContext } from './context.ts';
import type { Episode } from './episodes.ts';
import { fail, pass } from './verdicts.ts';

interface Content {
  kind: 'notification-content';
  phase: 'breach' | 'outage';
}

/** What Alertmanager's templates leave behind where something is missing. */
const UNFILLED = /<no value>|\{\{|<error/;
/** So much of a message is shown, in characters. */
const SHOWN = 600;

/** Labels, severity and text of the first notification of each kind. */
export function saysWhatItShould(c: TrackContext, told: Notice[], fired: Episode): Verdict {
  const content: Content = {
    kind: 'notification-content',
    phase: c.step('breach') ? 'breach' : 'outage',
  };
  const wrong =
    wrongSeverity(c, content, fired) ??
    firstOf(told, (n) => wrongLabels(c, content, n) ?? wrongText(c, content, n));
  const count = `${told.length} ${told.length === 1 ? 'notification' : 'notifications'}`;
  return wrong ?? pass(c, content, count);
}

function firstOf(
  notices: Notice[],
  verdict: (notice: Notice) => Verdict | undefined,
): Verdict | undefined {
  for (const notice of notices) {
    const found = verdict(notice);
    if (found) return found;
  }
  return undefined;
}

function wrongSeverity(
  c: TrackContext,
  content: Content,
  { labels: { severity } }: Episode,
): Verdict | undefined {
  if (severity === c.alert.severity) return undefined;
  return fail(c, content, 'wrong-severity', {
    title: `${c.alert.alert} has the wrong severity`,
    expected: c.alert.severity,
    seen: severity ?? 'no severity label',
    likelyCause: 'The severity label of the rule is not what the contract promises.',
  });
}

function wrongLabels(c: TrackContext, content: Content, notice: Notice): Verdict | undefined {
  const promised = Object.entries({ ...c.track.labels, severity: c.alert.severity });
  const missing = promised.filter(([name, value]) => notice.labels[name] !== value);
  if (missing.length === 0) return undefined;
  return fail(c, content, 'wrong-labels', {
    title: `The ${notice.kind} notification of ${c.alert.alert} doesn't carry its labels`,
    expected: missing.map(([name, value]) => `${name}=${value}`).join(', '),
    seen: JSON.stringify(notice.labels),
    likelyCause: 'The expression aggregates the label away, or relabelling of alerts drops it.',
  });
}

function wrongText(c: TrackContext, content: Content, notice: Notice): Verdict | undefined {
  const text = notice.delivery?.text ?? '';
  const patterns = c.alert.says.map((pattern) => filled(pattern, c.track.labels));
  const unsaid = patterns.filter((pattern) => !new RegExp(pattern).test(text));
  if (unsaid.length === 0 && !UNFILLED.test(text)) return undefined;
  return fail(c, content, 'wrong-text', {
    title: `The ${notice.kind} notification of ${c.alert.alert} doesn't say what it should`,
    expected:
      unsaid.length > 0
        ? `text that matches ${unsaid.map((pattern) => `/${pattern}/`).join(' and ')}`
        : 'every placeholder filled in',
    seen: text.trim().slice(0, SHOWN),
    likelyCause:
      'An annotation uses a label that the expression aggregates away, or the template or the ' +
      'value shown is another.',
  });
}

/** A pattern of the contract with the instance's labels for `$job`, `$instance`. */
function filled(pattern: string, labels: Record<string, string>): string {
  return pattern.replace(/\$(\w+)/g, (whole, name: string) => {
    const value = labels[name];
    return value === undefined ? whole : escapeRegex(value);
  });
}
