import { ALERT_KINDS, subjectId } from '../../src/model/expectation.ts';
import type { AlertExpectation, Expectation, ReceiverKind } from '../../src/model/expectation.ts';
import { titleOf } from '../../src/model/expectation-kinds.ts';
import type { Verdict } from '../../src/model/verdict.ts';

const RECEIVERS: ReceiverKind[] = ['slack', 'email', 'webhook'];

/** What a verdict is about: `ServiceDown/backend`, `http_requests_total/backend`, `Board/Panel`. */
export function aboutOf({ expectation }: Pick<Verdict, 'expectation'>): string {
  return subjectId(expectation.subject);
}

/** What a verdict expected, in the words of the reports. */
export function wordsOf({ expectation }: Pick<Verdict, 'expectation'>): string {
  return titleOf(expectation);
}

/** The verdicts on expectations of one kind. */
export function ofKind(verdicts: Verdict[], kind: Expectation['kind']): Verdict[] {
  return verdicts.filter(({ expectation }) => expectation.kind === kind);
}

/** The expectation of an alert's track that reports put into these words; there has to be one. */
export function alertExpectation(words: string, track: string): Expectation {
  const subject = { about: 'alert', alert: track.split('/')[0] ?? track, track } as const;
  const isOutage = track !== subject.alert;
  const loud = isOutage ? 'outage' : 'breach';
  const over = isOutage ? 'return' : 'recovery';
  const phases: Partial<Record<Expectation['kind'], Expectation['phase']>> = {
    'quiet-below-limit': 'near',
    'blip-stays-pending': 'blip',
    'pending-in-time': loud,
    'fires-on-time': loud,
    'notification-content': loud,
    'follower-inhibited': loud,
    'told-by-silence': loud,
    'resolves-in-time': over,
  };
  const all: Expectation[] = [
    ...ALERT_KINDS.map((kind): AlertExpectation => ({
      kind,
      subject,
      phase: phases[kind] ?? null,
    })),
    ...RECEIVERS.flatMap((receiver) =>
      (['firing', 'resolved'] as const).map((status): AlertExpectation => ({
        kind: 'told',
        subject,
        phase: status === 'firing' ? loud : over,
        receiver,
        status,
      })),
    ),
    { kind: 'judged', subject, phase: null },
  ];
  const found = all.find((one) => titleOf(one) === words);
  if (!found) throw new Error(`nothing of an alert is expected in the words "${words}"`);
  return found;
}
