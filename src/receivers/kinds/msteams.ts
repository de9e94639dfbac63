import { jsonMessage, text } from '../payload.ts';
import type { ReceiverKind } from '../receiver.ts';

/** Microsoft Teams' connectors, which answer `1`. */
export const msteams: ReceiverKind = {
  kind: 'msteams',
  urls: [{ own: 'webhook_url' }],
  answer: () => text('1'),
  read: jsonMessage(),
};
