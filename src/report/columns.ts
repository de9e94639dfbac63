import type { Verdict } from '../model/verdict.ts';

/** A column of the table: the expectations it shows, its headings for wide and narrow terminals, and whether a figure is worth its room. */
export interface Column {
  head: string;
  short: string;
  expectations: string[];
  /** The lower, the sooner its figure gives way on a narrow terminal; 0: it has none. */
  rank: number;
  legend: string;
}

export const COLUMNS: Column[] = [
  {
    head: 'near\nmiss',
    short: 'near',
    expectations: ['quiet below limit'],
    rank: 1,
    legend: 'quiet just below its limit',
  },
  {
    head: 'blip',
    short: 'blip',
    expectations: ['blip: pending, never firing'],
    rank: 4,
    legend: 'pending, never firing, when over the limit for less than `for`',
  },
  {
    head: 'pending',
    short: 'pend',
    expectations: ['pending in time'],
    rank: 2,
    legend: 'pending in time after the limit was crossed',
  },
  {
    head: 'firing',
    short: 'fires',
    expectations: ['fires on time'],
    rank: 7,
    legend: 'firing exactly when `for` is over',
  },
  {
    head: 'Slack',
    short: 'Slack',
    expectations: ['slack told', 'slack told of the end'],
    rank: 6,
    legend: 'told of the firing (the figure) and of its end',
  },
  {
    head: 'e-mail',
    short: 'mail',
    expectations: ['email told', 'email told of the end'],
    rank: 5,
    legend: 'told of the firing (the figure) and of its end',
  },
  {
    head: 'text',
    short: 'text',
    expectations: ['text, labels and severity'],
    rank: 0,
    legend: 'text, labels and severity of the notifications',
  },
  {
    head: 'resolved',
    short: 'ends',
    expectations: ['resolves in time'],
    rank: 3,
    legend: 'no longer active, in time after the recovery',
  },
  {
    head: 'inhibits',
    short: 'inh',
    expectations: ['follower inhibited'],
    rank: 0,
    legend: 'what follows from an outage wakes nobody',
  },
  {
    head: 'nothing\nelse',
    short: 'else',
    expectations: ['nothing unexpected'],
    rank: 0,
    legend: 'no other alert, receiver or time',
  },
];

/** Shown across the cells of Slack and e-mail, which these tracks don't have. */
export const INSTEAD_OF_RECEIVERS: Record<string, string> = {
  'told by silence': 'silence',
  'watchdog delivered': '',
  'webhook told': 'webhook',
};

/** The columns that {@link INSTEAD_OF_RECEIVERS} spans. */
export const RECEIVER_HEADS = ['Slack', 'e-mail'];

const KNOWN = new Set([
  ...COLUMNS.flatMap((c) => c.expectations),
  ...Object.keys(INSTEAD_OF_RECEIVERS),
]);

/** Whether the table has a place of its own for this expectation. */
export function isKnown(expectation: string): boolean {
  return KNOWN.has(expectation);
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

/** The measured figure, as short as a cell needs it: `+5.00s`, `3×`; empty when there is none. */
export function figure(verdict: Verdict, decimals: number): string {
  // Of what a finding has seen, only a time at its very beginning is the figure that was expected.
  const text =
    verdict.measured ??
    /^(?:after |still active after )?[+-]?\d+(?:\.\d+)? s\b/.exec(
      verdict.finding?.seen ?? '',
    )?.[0] ??
    '';
  const counted = /^(?:pending for )?(\d+) (?:evaluation|time)/.exec(text);
  if (counted) return `${counted[1]}×`;
  const time = /([+-]?)(\d+(?:\.\d+)?) ?s\b/.exec(text);
  if (!time) return '';
  const value = Number(time[2]);
  // At real time figures have three digits before the point; nobody needs hundredths then.
  const digits = value.toFixed(value >= 100 ? 0 : decimals);
  return `${decimals > 1 ? time[1] : ''}${digits}s`;
}
