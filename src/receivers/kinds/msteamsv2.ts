import { jsonMessage } from '../payload.ts';
import type { ReceiverKind } from '../receiver.ts';

/** Microsoft Teams' workflows: accepted, and done later. */
export const msteamsv2: ReceiverKind = {
  kind: 'msteamsv2',
  urls: [{ own: 'webhook_url' }],
  answer: () => ({ status: 202, body: '' }),
  read: jsonMessage(),
};
