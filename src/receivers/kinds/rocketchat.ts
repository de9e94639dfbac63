import { json, jsonMessage } from '../payload.ts';
import type { ReceiverKind } from '../receiver.ts';

/** Rocket.Chat's `chat.postMessage`. */
export const rocketchat: ReceiverKind = {
  kind: 'rocketchat',
  urls: [{ own: 'api_url', global: 'rocketchat_api_url', otherwise: 'https://open.rocket.chat/' }],
  answer: () => json({ success: true }),
  read: jsonMessage('channel'),
};
