import { jsonMessage } from '../payload.ts';
import type { ReceiverKind } from '../receiver.ts';

/** Discord's webhooks answer nothing. */
export const discord: ReceiverKind = {
  kind: 'discord',
  urls: [{ own: 'webhook_url' }],
  answer: () => ({ status: 204, body: '' }),
  read: jsonMessage(),
};
