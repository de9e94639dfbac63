import type { Notice } from '../../lib/notices/notice.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { TrackContext } from './context.ts';
import type { Episode } from './episodes.ts';
import { wrongText } from './text.ts';
import type { Content } from './text.ts';
import { fail, pass } from './verdicts.ts';

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
