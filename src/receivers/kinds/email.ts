import type { ReceiverKind } from '../receiver.ts';

/** Mail is no HTTP: `smtp.ts` takes it in. */
export const email: Pick<ReceiverKind, 'kind' | 'sendsResolved'> = {
  kind: 'email',
  sendsResolved: false,
};
