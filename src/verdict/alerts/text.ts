import { escapeRegex } from '../../lib/escape-regex.ts';
import type { Notice } from '../../lib/notices/notice.ts';
import type { Verdict } from '../../model/verdict.ts';
import { inconclusive } from '../inconclusive.ts';
import type { TrackContext } from './context.ts';
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
  const asks = (pattern: string): RegExp => new RegExp(filled(pattern, c.track.labels));
  const unsaid = c.alert.says.filter((pattern) => !asks(pattern).test(text));
  const isUnfilled = UNFILLED.test(text);
  if (unsaid.length === 0 && !isUnfilled) return undefined;
  const wrong = saysOtherwise(
    c,
    content,
    notice,
    unsaid.map((pattern) => filled(pattern, c.track.labels)),
  );
  const saysAnotherNumber =
    !isUnfilled && unsaid.every((pattern) => asks(withAnyValue(pattern)).test(text));
  return saysAnotherNumber ? inconclusive(wrong, valueDoubts(c, notice)) : wrong;
}

/** A number in a pattern, digit by digit: `5`, `\d+`, `8[2-6]`. */
const NUMBERS = /(?:(?:\\d|\[[\d-]+\])(?:[+*?]|\{[\d,]+\})?|\d)+/g;

/**
 * A pattern in which the numbers of which it says that they vary may be any: `at 8[2-6]%` becomes
 * `at` any number and `%`. What is written out (a limit, `5xx`) stays as it is.
 */
function withAnyValue(pattern: string): string {
  return pattern.replace(NUMBERS, (number) => (/^\d+$/.test(number) ? number : '[\\d.]+'));
}

/**
 * Scrapes that failed or came late just before what is told: an exporter that is still at the last
 * one counts itself twice, and what an alert says of a value is of another moment.
 */
function valueDoubts(c: TrackContext, { receivedAt }: Notice): string[] {
  const { timing } = c.alert;
  const since = receivedAt - timing.groupWaitMs - timing.evaluationMs - 3 * timing.scrapeMs;
  return scrapeDoubts(c)
    .filter(({ at = 0 }) => at >= since && at <= receivedAt)
    .map(({ reason }) => reason);
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
