import type { Notice } from '../../lib/notices/notice.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { TrackContext } from './context.ts';
import { MESSAGE, wantedText } from './receiver.ts';
import type { Receiver, Told } from './receiver.ts';
import { fail, seconds } from './verdicts.ts';

/** Where routes and receivers stand in a stack's folder. */
const FILE = 'alertmanager/alertmanager.yml';

/** What is known of a receiver that wasn't told. */
interface Known {
  /** What Alertmanager sent to it all the same. */
  notified: Notice | undefined;
  /** What it was told of the same instance before. */
  before: Notice | undefined;
}

/** The verdict on a receiver whose people weren't told. */
export function untold(c: TrackContext, told: Told, receiver: Receiver, known: Known): Verdict {
  const isFiring = told.status === 'firing';
  const { alert } = c.alert;
  return fail(c, told, isFiring ? 'not-received' : 'resolution-not-received', {
    title: `${alert} ${isFiring ? 'fires' : 'is over'}, and ${receiver.kind} isn't told`,
    expected: wantedText(c, receiver, told.status),
    seen: seenInstead(c, receiver, known),
    likelyCause: causeOf(receiver, told, known),
  });
}

function seenInstead(c: TrackContext, receiver: Receiver, { notified, before }: Known): string {
  const { kind, to } = receiver;
  if (notified) return undelivered(c, receiver, notified);
  return before
    ? `${kind}${to === null ? '' : ` (${to})`} was told that it fires, and nothing after`
    : toldElsewhere(c, kind);
}

function undelivered(c: TrackContext, { name, kind }: Receiver, notified: Notice): string {
  const at = `Alertmanager notified \`${name}\` ${seconds(notified.receivedAt - c.t0)} after T0`;
  return notified.delivery
    ? `${at}, and ${MESSAGE[kind]} went to ${notified.delivery.to}`
    : `${at}, and no ${kind} message arrived`;
}

/** Who was told of the alert where this receiver wasn't. */
function toldElsewhere(c: TrackContext, kind: Receiver['kind']): string {
  const same = c.allNotices.filter(
    (n) => n.alertname === c.alert.alert && n.kind === kind && n.delivery,
  );
  if (same.length > 0)
    return (
      `${MESSAGE[kind]} of this alert came ` +
      `${same.length === 1 ? 'once' : `${same.length} times`} (to ` +
      `${different(same.map((n) => n.delivery?.to ?? ''))}), but none to this address ` +
      'of this instance and state'
    );
  const others = c.notices.filter((n) => n.kind !== kind);
  if (others.length === 0) return 'nothing, at any receiver';
  const whom = different(others.map((n) => `${n.kind} (${n.delivery?.to ?? n.receiver})`));
  return `nothing; but ${whom} was told`;
}

function different(texts: string[]): string {
  return [...new Set(texts)].join(', ');
}

function causeOf({ name, kind }: Receiver, { status }: Told, { notified, before }: Known): string {
  if (notified)
    return (
      `Alertmanager notified the receiver \`${name}\`; its ${kind} configuration in ${FILE} ` +
      'leads to another place, or what it sends is refused (see logs/alertmanager.log).'
    );
  if (status === 'firing')
    return (
      `In ${FILE} no route leads this alert to the receiver \`${name}\`, an inhibition ` +
      'silences it, or the receiver goes nowhere (see logs/alertmanager.log).'
    );
  return before
    ? `\`send_resolved: true\` is missing at the receiver \`${name}\` in ${FILE}.`
    : 'It was not told of the firing either, so what is in the way there is in the way here.';
}
