import { receivedWithinMs } from '../../lib/formulas.ts';
import type { TrackContext } from './context.ts';
import { seconds } from './verdicts.ts';
import type { Expected } from './verdicts.ts';

/** A receiver that an alert's contract promises. */
export type Receiver = TrackContext['alert']['receivers'][number];
/** That a receiver is told of a state. */
export type Told = Extract<Expected, { kind: 'told' }>;

/** What people get at each kind of receiver, in words. */
export const MESSAGE: Record<Receiver['kind'], string> = {
  slack: 'a Slack message',
  email: 'a mail',
  webhook: 'a call of the webhook',
};

/** What a receiver has to be told and within what time, in words. */
export function wantedText(
  c: TrackContext,
  { kind, to }: Receiver,
  status: Told['status'],
): string {
  const within = receivedWithinMs(c.alert.timing, status);
  return (
    `${MESSAGE[kind]}${to === null ? '' : ` to ${to}`} that ${c.alert.alert} is ${status}, ` +
    `within ${seconds(within)} (group wait or interval, evaluation, allowance)`
  );
}
