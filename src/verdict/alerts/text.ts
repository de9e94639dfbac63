import { escapeRegex } from '../../lib/escape-regex.ts';
import type { Notice } from '../../lib/notices/notice.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { TrackContext } from './context.ts';
import type { Doubt } from './doubts/doubt.ts';
import { doubted } from './doubts/doubted.ts';
import { scrapeDoubts } from './doubts/scrapes.ts';
import { fail } from './verdicts.ts';

/** What is expected of a message. */
export interface Content {
  kind: 'notification-content';
  phase: 'breach' | 'outage';
}

/** What Alertmanager's templates leave behind where something is missing. */
const UNFILLED = /<no value>|\{\{|<error/;
/** So much of a message is shown, in characters. */
const SHOWN = 600;

/** The verdict on a message that lacks what is promised, or has something unfilled. */
export function wrongText(c: TrackContext, content: Content, notice: Notice): Verdict | undefined {
  const text = notice.delivery?.text ?? '';
  const patterns = c.alert.says.map((pattern) => filled(pattern, c.track.labels));
  const unsaid = patterns.filter((pattern) => !new RegExp(pattern).test(text));
  const isUnfilled = UNFILLED.test(text);
  if (unsaid.length === 0 && !isUnfilled) return undefined;
  const wrong = saysOtherwise(c, content, notice, unsaid);
  const saysAnotherNumber =
    !isUnfilled && unsaid.every((pattern) => isButForNumbers(pattern, text));
  return saysAnotherNumber ? doubted(wrong, valueDoubts(c, notice)) : wrong;
}

/** A number in a pattern: digits, `\d` or `[2-6]`, as often as may be. */
const NUMBERS = /(?:(?:\\d|\[[\d-]+\])(?:[+*?]|\{[\d,]+\})?|\d)+/g;

/** Whether a text says what a pattern does, with other numbers: `at 88%` for `at 8[2-6]%`. */
function isButForNumbers(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern.replace(NUMBERS, '[\\d.]+')).test(text);
  } catch {
    // Digits that are no number, as in a class of letters and digits.
    return false;
  }
}

/**
 * Scrapes that failed or came late just before what is told: an exporter that is still at the last
 * one counts itself twice, and what an alert says of a value is of another moment.
 */
function valueDoubts(c: TrackContext, { receivedAt }: Notice): Doubt[] {
  const { timing } = c.alert;
  const since = receivedAt - timing.groupWaitMs - timing.evaluationMs - 3 * timing.scrapeMs;
  return scrapeDoubts(c)
    .filter(({ at = 0 }) => at >= since && at <= receivedAt)
    .map(({ reason }) => ({ reason }));
}

function saysOtherwise(
  c: TrackContext,
  content: Content,
  notice: Notice,
  unsaid: string[],
): Verdict {
  const text = notice.delivery?.text ?? '';
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
