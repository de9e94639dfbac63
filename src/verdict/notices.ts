import { receivedWithinMs } from '../lib/formulas.ts';
import type { Notification } from '../model/evidence.ts';
import type { Verdict } from '../model/verdict.ts';
import { fail, pass, seconds } from './context.ts';
import type { TrackContext } from './context.ts';
import type { Episode } from './episodes.ts';

type Receiver = TrackContext['alert']['receivers'][number];

/** Where routes and receivers stand in a stack's folder. */
const FILE = 'alertmanager/alertmanager.yml';
const MESSAGE: Record<Receiver['kind'], string> = {
  slack: 'a Slack message',
  email: 'a mail',
  webhook: 'a call of the webhook',
};

/** Each receiver of the contract is told of the firing, in time, with the right words; and of its end. */
export function notices(c: TrackContext, fired: Episode): Verdict[] {
  const told = c.alert.receivers.map((receiver) =>
    toldInTime(c, receiver, 'firing', fired.firingAt ?? fired.lastAt, false),
  );
  const ended = fired.lastAt + c.alert.timing.evaluationMs;
  const end = c.alert.receivers.flatMap((receiver, i) =>
    receiver.kind === 'webhook'
      ? []
      : [toldInTime(c, receiver, 'resolved', ended, told[i]?.notification !== undefined)],
  );
  const first = told.flatMap((t) => (t.notification ? [t.notification] : []));
  return [
    ...told.map((t) => t.verdict),
    ...(first.length > 0 ? [words(c, first, fired)] : []),
    ...end.map((t) => t.verdict),
  ];
}

/** @param knew whether the receiver was told of the firing */
function toldInTime(
  c: TrackContext,
  { name, kind, to }: Receiver,
  status: 'firing' | 'resolved',
  since: number,
  knew: boolean,
): { verdict: Verdict; notification?: Notification } {
  const expectation = status === 'firing' ? `${kind} told` : `${kind} told of the end`;
  const within = receivedWithinMs(c.alert.timing, status);
  // A notification is sent after the evaluation that it tells of; the clocks are the same machine's.
  const notification = c.notifications.find(
    (n) =>
      n.kind === kind &&
      (to === null || n.to === to) &&
      n.status === status &&
      n.receivedAt >= since - c.alert.timing.evaluationMs,
  );
  const wanted = `${MESSAGE[kind]}${to === null ? '' : ` to ${to}`} that ${c.alert.alert} is ${status}, within ${seconds(within)} (group wait or interval, evaluation, allowance)`;
  if (!notification) {
    return {
      verdict: fail(
        c,
        expectation,
        status === 'firing' ? 'not-received' : 'resolution-not-received',
        {
          title:
            status === 'firing'
              ? `${c.alert.alert} fires, and ${kind} isn't told`
              : `${c.alert.alert} is over, and ${kind} isn't told`,
          expected: wanted,
          seen: knew
            ? `${kind}${to === null ? '' : ` (${to})`} was told that it fires, and nothing after`
            : describe(c, kind),
          likelyCause:
            status === 'firing'
              ? `In ${FILE} no route leads this alert to the receiver \`${name}\`, an inhibition silences it, or the receiver goes nowhere (see logs/alertmanager.log).`
              : knew
                ? `\`send_resolved: true\` is missing at the receiver \`${name}\` in ${FILE}.`
                : 'It was not told of the firing either, so what is in the way there is in the way here.',
        },
      ),
    };
  }
  const after = notification.receivedAt - since;
  if (after <= within)
    return { verdict: pass(c, expectation, `+${seconds(Math.max(0, after))}`), notification };
  return {
    notification,
    verdict: fail(c, expectation, 'received-late', {
      title: `${kind} is told late that ${c.alert.alert} is ${status}`,
      expected: wanted,
      seen: `after ${seconds(after)}`,
      likelyCause:
        'group_wait or group_interval of the route that matches is longer than of the one that is meant, or the receiver answers slowly.',
    }),
  };
}

function describe(c: TrackContext, kind: Notification['kind']): string {
  const others = c.notifications.filter((n) => n.kind !== kind);
  const same = c.evidence.notifications.filter(
    (n) => n.kind === kind && n.alertname === c.alert.alert,
  );
  if (same.length > 0)
    return `${MESSAGE[kind]} of this alert came ${same.length === 1 ? 'once' : `${same.length} times`} (to ${[...new Set(same.map((n) => n.to))].join(', ')}), but none to this address of this instance and state`;
  return others.length > 0
    ? `nothing; but ${[...new Set(others.map((n) => `${n.kind} (${n.to})`))].join(', ')} was told`
    : 'nothing, at any receiver';
}

/** Labels, severity and text of the first notification of each kind. */
function words(c: TrackContext, told: Notification[], fired: Episode): Verdict {
  const expectation = 'text, labels and severity';
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
        likelyCause:
          'The expression aggregates the label away, or the template leaves the labels out.',
      });
    }
    const unsaid = c.alert.says.filter(
      (pattern) => !new RegExp(fill(pattern, c.track.labels)).test(n.text),
    );
    if (unsaid.length > 0 || /<no value>|\{\{|<error/.test(n.text)) {
      return fail(c, expectation, 'wrong-text', {
        title: `The ${n.kind} notification of ${c.alert.alert} doesn't say what it should`,
        expected:
          unsaid.length > 0
            ? `text that matches ${unsaid.map((p) => `/${fill(p, c.track.labels)}/`).join(' and ')}`
            : 'every placeholder filled in',
        seen: n.text.trim().slice(0, 600),
        likelyCause:
          'An annotation uses a label that the expression aggregates away, or the template or the value shown is another.',
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
