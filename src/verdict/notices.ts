import { delivers, isFor } from '../lib/notices.ts';
import type { Notice } from '../lib/notices.ts';
import { receivedWithinMs } from '../lib/formulas.ts';
import type { Verdict } from '../model/verdict.ts';
import { fail, pass, seconds, timed } from './context.ts';
import type { Expected, TrackContext } from './context.ts';
import type { Episode } from './episodes.ts';

type Receiver = TrackContext['alert']['receivers'][number];
type Told = Extract<Expected, { kind: 'told' }>;

/** Where routes and receivers stand in a stack's folder. */
const FILE = 'alertmanager/alertmanager.yml';
const MESSAGE: Record<Receiver['kind'], string> = {
  slack: 'a Slack message',
  email: 'a mail',
  webhook: 'a call of the webhook',
};

/**
 * Each receiver of the contract is told of the firing, in time, with the right words; and of its
 * end.
 */
export function judgeNotices(c: TrackContext, fired: Episode): Verdict[] {
  const told = c.alert.receivers.map((receiver) =>
    toldInTime(c, receiver, 'firing', fired.firingAt ?? fired.lastAt, false),
  );
  const ended = fired.lastAt + c.alert.timing.evaluationMs;
  const end = c.alert.receivers.flatMap((receiver, i) =>
    receiver.kind === 'webhook'
      ? []
      : [toldInTime(c, receiver, 'resolved', ended, told[i]?.notice !== undefined)],
  );
  const first = told.flatMap(({ notice }) => notice ?? []);
  return [
    ...told.map((t) => t.verdict),
    ...(first.length > 0 ? [words(c, first, fired)] : []),
    ...end.map((t) => t.verdict),
  ];
}

/**
 * Whether Alertmanager notified the receiver, and the message arrived at people's end, both in
 * time.
 * @param knew whether the receiver was told of the firing
 */
function toldInTime(
  c: TrackContext,
  receiver: Receiver,
  status: 'firing' | 'resolved',
  since: number,
  knew: boolean,
): { verdict: Verdict; notice?: Notice } {
  const { kind } = receiver;
  const loud = c.step('breach') ? 'breach' : 'outage';
  const over = c.step('recovery') ? 'recovery' : 'return';
  const expectation: Told = {
    kind: 'told',
    receiver: kind,
    status,
    phase: status === 'firing' ? loud : over,
  };
  const within = receivedWithinMs(c.alert.timing, status);
  // A notification is sent after the evaluation that it tells of; the clocks are the same
  // machine's.
  const due = c.notices.filter(
    (n) =>
      n.status === status &&
      isFor(n, receiver) &&
      n.receivedAt >= since - c.alert.timing.evaluationMs,
  );
  const notice = due.find((n) => delivers(n, receiver));
  if (!notice?.delivery) return { verdict: untold(c, expectation, receiver, due[0], knew) };
  const after = Math.max(notice.receivedAt, notice.delivery.receivedAt) - since;
  if (after <= within)
    return {
      verdict: pass(c, expectation, `+${seconds(Math.max(0, after))}`, timed(Math.max(0, after))),
      notice,
    };
  return { notice, verdict: toldLate(c, expectation, receiver, after) };
}

function toldLate(c: TrackContext, told: Told, receiver: Receiver, afterMs: number): Verdict {
  return fail(
    c,
    told,
    'received-late',
    {
      title: `${receiver.kind} is told late that ${c.alert.alert} is ${told.status}`,
      expected: wanted(c, receiver, told.status),
      seen: `after ${seconds(afterMs)}`,
      likelyCause:
        'group_wait or group_interval of the route that matches is longer than of the one that ' +
        'is meant, or the receiver answers slowly.',
    },
    timed(afterMs),
  );
}

function wanted(c: TrackContext, { kind, to }: Receiver, status: 'firing' | 'resolved'): string {
  const within = receivedWithinMs(c.alert.timing, status);
  return (
    `${MESSAGE[kind]}${to === null ? '' : ` to ${to}`} that ${c.alert.alert} is ${status}, ` +
    `within ${seconds(within)} (group wait or interval, evaluation, allowance)`
  );
}

/** @param notified what Alertmanager sent to the receiver all the same */
function untold(
  c: TrackContext,
  expectation: Told,
  receiver: Receiver,
  notified: Notice | undefined,
  knew: boolean,
): Verdict {
  const { name, kind, to } = receiver;
  const { status } = expectation;
  const isFiring = status === 'firing';
  return fail(c, expectation, isFiring ? 'not-received' : 'resolution-not-received', {
    title: isFiring
      ? `${c.alert.alert} fires, and ${kind} isn't told`
      : `${c.alert.alert} is over, and ${kind} isn't told`,
    expected: wanted(c, receiver, status),
    seen: notified
      ? undelivered(c, receiver, notified)
      : knew
        ? `${kind}${to === null ? '' : ` (${to})`} was told that it fires, and nothing after`
        : describe(c, kind),
    likelyCause: notified
      ? `Alertmanager notified the receiver \`${name}\`; its ${kind} configuration in ${FILE} ` +
        'leads to another place, or what it sends is refused (see logs/alertmanager.log).'
      : isFiring
        ? `In ${FILE} no route leads this alert to the receiver \`${name}\`, an inhibition ` +
          'silences it, or the receiver goes nowhere (see logs/alertmanager.log).'
        : knew
          ? `\`send_resolved: true\` is missing at the receiver \`${name}\` in ${FILE}.`
          : 'It was not told of the firing either, so what is in the way there is in the way here.',
  });
}

function undelivered(c: TrackContext, { name, kind }: Receiver, notified: Notice): string {
  const at = `Alertmanager notified \`${name}\` ${seconds(notified.receivedAt - c.t0)} after T0`;
  return notified.delivery
    ? `${at}, and ${MESSAGE[kind]} went to ${notified.delivery.to}`
    : `${at}, and no ${kind} message arrived`;
}

function describe(c: TrackContext, kind: string): string {
  const own = c.allNotices.filter((n) => n.alertname === c.alert.alert);
  const same = own.filter((n) => n.kind === kind && n.delivery);
  if (same.length > 0)
    return (
      `${MESSAGE[kind as Receiver['kind']]} of this alert came ` +
      `${same.length === 1 ? 'once' : `${same.length} times`} (to ` +
      `${[...new Set(same.map((n) => n.delivery?.to))].join(', ')}), but none to this address ` +
      'of this instance and state'
    );
  const others = c.notices.filter((n) => n.kind !== kind);
  return others.length > 0
    ? 'nothing; but ' +
        `${[...new Set(others.map((n) => `${n.kind} (${n.delivery?.to ?? n.receiver})`))].join(', ')} ` +
        'was told'
    : 'nothing, at any receiver';
}

/** Labels, severity and text of the first notification of each kind. */
function words(c: TrackContext, told: Notice[], fired: Episode): Verdict {
  const expectation = {
    kind: 'notification-content',
    phase: c.step('breach') ? 'breach' : 'outage',
  } as const;
  if (fired.labels['severity'] !== c.alert.severity) {
    return fail(c, expectation, 'wrong-severity', {
      title: `${c.alert.alert} has the wrong severity`,
      expected: c.alert.severity,
      seen: fired.labels['severity'] ?? 'no severity label',
      likelyCause: 'The severity label of the rule is not what the contract promises.',
    });
  }
  for (const n of told) {
    const missing = Object.entries({ ...c.track.labels, severity: c.alert.severity }).filter(
      ([name, value]) => n.labels[name] !== value,
    );
    if (missing.length > 0) {
      return fail(c, expectation, 'wrong-labels', {
        title: `The ${n.kind} notification of ${c.alert.alert} doesn't carry its labels`,
        expected: missing.map(([name, value]) => `${name}=${value}`).join(', '),
        seen: JSON.stringify(n.labels),
        likelyCause: 'The expression aggregates the label away, or relabelling of alerts drops it.',
      });
    }
    const text = n.delivery?.text ?? '';
    const unsaid = c.alert.says.filter(
      (pattern) => !new RegExp(fill(pattern, c.track.labels)).test(text),
    );
    if (unsaid.length > 0 || /<no value>|\{\{|<error/.test(text)) {
      return fail(c, expectation, 'wrong-text', {
        title: `The ${n.kind} notification of ${c.alert.alert} doesn't say what it should`,
        expected:
          unsaid.length > 0
            ? `text that matches ${unsaid.map((p) => `/${fill(p, c.track.labels)}/`).join(' and ')}`
            : 'every placeholder filled in',
        seen: text.trim().slice(0, 600),
        likelyCause:
          'An annotation uses a label that the expression aggregates away, or the template or the ' +
          'value shown is another.',
      });
    }
  }
  return pass(
    c,
    expectation,
    `${told.length} ${told.length === 1 ? 'notification' : 'notifications'}`,
  );
}

/** Puts the instance's labels into a pattern of the contract: `$job`, `$instance`. */
function fill(pattern: string, labels: Record<string, string>): string {
  return pattern.replace(
    /\$(\w+)/g,
    (whole, name: string) => labels[name]?.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') ?? whole,
  );
}
