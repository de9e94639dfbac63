import { jsonMessage, text } from '../payload.ts';
import type { ReceiverKind } from '../receiver.ts';

/** Mattermost's incoming webhooks. */
export const mattermost: ReceiverKind = {
  kind: 'mattermost',
  urls: [{ own: 'webhook_url', global: 'mattermost_webhook_url' }],
  answer: () => text('ok'),
  read: jsonMessage('channel'),
};
