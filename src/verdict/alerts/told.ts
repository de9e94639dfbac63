import { receivedWithinMs } from '../../lib/formulas.ts';
import { delivers, isFor } from '../../lib/notices/notice.ts';
import type { Notice } from '../../lib/notices/notice.ts';
import type { Verdict } from '../../model/verdict.ts';
import { inconclusive } from '../inconclusive.ts';
import { saysWhatItShould } from './content.ts';
import type { TrackContext } from './context.ts';
import { alertmanagerStood, stoodIn } from './doubts/standing.ts';
import type { Episode } from './episodes.ts';
import type { Receiver, Told } from './receiver.ts';
import { wantedText } from './receiver.ts';
import { untold } from './untold.ts';
import { fail, pass, seconds, timed } from './verdicts.ts';

/** A change of state that a receiver has to be told of. */
interface News {
  status: Told['status'];
  /** When it happened, epoch ms. */
  since: number;
}

/**
 * Each receiver of the contract is told of the firing, in time, with the right words; and of its
 * end.
 */
export function judgeNotices(c: TrackContext, fired: Episode): Verdict[] {
  const firing: News = { status: 'firing', since: fired.firingAt ?? fired.lastAt };
  const ended: News = { status: 'resolved', since: fired.lastAt + c.alert.timing.evaluationMs };
  const told = c.alert.receivers.map((receiver) => ({
    receiver,
    ...toldInTime(c, receiver, firing),
  }));
  const first = told.flatMap(({ notice }) => notice ?? []);
  return [
    ...told.map(({ verdict }) => verdict),
    ...(first.length > 0 ? [saysWhatItShould(c, first, fired)] : []),
    ...told
      .filter(({ receiver }) => receiver.resolved)
      .map(({ receiver, notice }) => toldInTime(c, receiver, ended, notice).verdict),
  ];
}

/**
 * Whether Alertmanager notified the receiver, and the message arrived at people's end, both in
 * time.
 * @param before what the receiver was told of the same instance before
 */
function toldInTime(
  c: TrackContext,
  receiver: Receiver,
  { status, since }: News,
  before?: Notice,
): { verdict: Verdict; notice?: Notice } {
  const told = expectationOf(c, receiver, status);
  // A notification is sent after the evaluation that it tells of; the clocks are the same
  // machine's.
  const earliest = since - c.alert.timing.evaluationMs;
  const due = c.notices.filter(
    (n) => n.status === status && isFor(n, receiver) && n.receivedAt >= earliest,
  );
  const notice = due.find((n) => delivers(n, receiver));
  if (!notice?.delivery)
    return { verdict: untold(c, told, receiver, { notified: due[0], before }) };
  const [notifiedMs, arrivedMs] = [notice.receivedAt - since, notice.delivery.receivedAt - since];
  const afterMs = Math.max(notifiedMs, arrivedMs);
  const withinMs = receivedWithinMs(c.alert.timing, status);
  if (afterMs > withinMs) {
    const late = toldLate(c, told, receiver, afterMs);
    const verdict =
      notifiedMs > withinMs
        ? stoodStill(c, late, [earliest, notice.receivedAt], notifiedMs - withinMs)
        : underWay(late, notifiedMs, arrivedMs);
    return { notice, verdict };
  }
  const shownMs = Math.max(0, afterMs);
  return { notice, verdict: pass(c, told, `+${seconds(shownMs)}`, timed(shownMs)) };
}

function expectationOf(c: TrackContext, { kind }: Receiver, status: Told['status']): Told {
  const loud = c.step('breach') ? 'breach' : 'outage';
  const over = c.step('recovery') ? 'recovery' : 'return';
  return { kind: 'told', receiver: kind, status, phase: status === 'firing' ? loud : over };
}

function toldLate(c: TrackContext, told: Told, receiver: Receiver, afterMs: number): Verdict {
  return fail(c, told, 'received-late', {
    title: `${receiver.kind} is told late that ${c.alert.alert} is ${told.status}`,
    expected: wantedText(c, receiver, told.status),
    seen: `after ${seconds(afterMs)}`,
    likelyCause:
      'group_wait or group_interval of the route that matches is longer than of the one that ' +
      'is meant.',
    figure: timed(afterMs),
  });
}

/** Where Alertmanager itself stood still meanwhile for at least as long as it was late. */
function stoodStill(
  { plan, evidence }: TrackContext,
  late: Verdict,
  meanwhile: [number, number],
  tooLateMs: number,
): Verdict {
  const { ms, reasons } = stoodIn(alertmanagerStood(plan, evidence), meanwhile);
  return ms < tooLateMs ? late : inconclusive(late, reasons);
}

/**
 * Alertmanager had notified in time, as the harness's own webhook beside the receiver shows, and
 * the receiver is the harness's too: what was late is nothing that the stack has any say in.
 */
function underWay(late: Verdict, notifiedMs: number, arrivedMs: number): Verdict {
  const reason =
    `Alertmanager notified after ${seconds(notifiedMs)}, in time, and the message took ` +
    `${seconds(arrivedMs - notifiedMs)} to the receiver (an attempt that broke off is repeated ` +
    'after about a second: logs/alertmanager.log tells)';
  return inconclusive(late, [reason]);
}
