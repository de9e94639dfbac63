import type { Expectation, ReceiverKind } from '../model/expectation.ts';
import type { Verdict } from '../model/verdict.ts';

type Shows = (expectation: Expectation) => boolean;

/**
 * A column of the table: the expectations it shows, its headings for wide and narrow terminals, and
 * whether a figure is worth its room.
 */
export interface Column {
  head: string;
  short: string;
  shows: Shows;
  /** The lower, the sooner its figure gives way on a narrow terminal; 0: it has none. */
  rank: number;
  /** Its times count from what was before them, and begin with a plus. */
  after?: true;
  legend: string;
}

const ofKind =
  (kind: Expectation['kind']): Shows =>
  (expectation) =>
    expectation.kind === kind;
const tells =
  (receiver: ReceiverKind): Shows =>
  (expectation) =>
    expectation.kind === 'told' && expectation.receiver === receiver;

export const COLUMNS: Column[] = [
  {
    head: 'near\nmiss',
    short: 'near',
    shows: ofKind('quiet-below-limit'),
    rank: 1,
    legend: 'quiet just below its limit',
  },
  {
    head: 'blip',
    short: 'blip',
    shows: ofKind('blip-stays-pending'),
    rank: 4,
    legend: 'pending, never firing, when over the limit for less than `for`',
  },
  {
    head: 'pending',
    short: 'pend',
    shows: ofKind('pending-in-time'),
    rank: 2,
    legend: 'pending in time after the limit was crossed',
  },
  {
    head: 'firing',
    short: 'fires',
    shows: ofKind('fires-on-time'),
    rank: 7,
    after: true,
    legend: 'firing exactly when `for` is over',
  },
  {
    head: 'Slack',
    short: 'Slack',
    shows: tells('slack'),
    rank: 6,
    after: true,
    legend: 'told of the firing (the figure) and of its end',
  },
  {
    head: 'e-mail',
    short: 'mail',
    shows: tells('email'),
    rank: 5,
    after: true,
    legend: 'told of the firing (the figure) and of its end',
  },
  {
    head: 'text',
    short: 'text',
    shows: ofKind('notification-content'),
    rank: 0,
    legend: 'text, labels and severity of the notifications',
  },
  {
    head: 'resolved',
    short: 'ends',
    shows: ofKind('resolves-in-time'),
    rank: 3,
    legend: 'no longer active, in time after the recovery',
  },
  {
    head: 'inhibits',
    short: 'inh',
    shows: ofKind('follower-inhibited'),
    rank: 0,
    legend: 'what follows from an outage wakes nobody',
  },
  {
    head: 'nothing\nelse',
    short: 'else',
    shows: ofKind('nothing-unexpected'),
    rank: 0,
    legend: 'no other alert, receiver or time',
  },
];

/**
 * Shown across the cells of Slack and e-mail, which these tracks don't have; an empty label leaves
 * it to the figure.
 */
const INSTEAD_OF_RECEIVERS: { shows: Shows; label: string }[] = [
  { shows: ofKind('told-by-silence'), label: 'silence' },
  { shows: ofKind('watchdog-delivered'), label: '' },
  { shows: tells('webhook'), label: 'webhook' },
];

/** The columns that are told of in one cell where nobody is to be told by Slack or e-mail. */
export const RECEIVER_COLUMNS = COLUMNS.filter(({ head }) => ['Slack', 'e-mail'].includes(head));

/**
 * What stands across {@link RECEIVER_COLUMNS} for this expectation; undefined: it has another
 * place.
 */
export function insteadOfReceivers(expectation: Expectation): string | undefined {
  return INSTEAD_OF_RECEIVERS.find(({ shows }) => shows(expectation))?.label;
}

/** Whether the table has a place of its own for this expectation. */
export function isKnown(expectation: Expectation): boolean {
  return (
    COLUMNS.some(({ shows }) => shows(expectation)) || insteadOfReceivers(expectation) !== undefined
  );
}

const WORST: Verdict['outcome'][] = ['fail', 'inconclusive', 'pass'];
export const MARKS: Record<Verdict['outcome'], string> = {
  pass: '✓',
  fail: '✗',
  inconclusive: '?',
};

/** The worst of several verdicts that share a cell; among equals the first. */
export function worst(verdicts: Verdict[]): Verdict | undefined {
  return WORST.flatMap((outcome) => verdicts.filter((v) => v.outcome === outcome))[0];
}

/**
 * The measured figure, as short as a cell needs it: `+5.00s`, `3×`; empty when there is none.
 * @param after its time counts from what was before
 */
export function figureText({ figure }: Verdict, decimals: number, after = false): string {
  if (figure?.times !== undefined) return `${figure.times}×`;
  if (figure?.seconds === undefined) return '';
  const seconds = Math.abs(figure.seconds);
  const sign = figure.seconds < 0 ? '-' : after ? '+' : '';
  // At real time figures have three digits before the point; nobody needs hundredths then.
  const digits = seconds.toFixed(seconds >= 100 ? 0 : decimals);
  return `${decimals > 1 ? sign : ''}${digits}s`;
}
