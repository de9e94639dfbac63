import { json, jsonMessage } from '../payload.ts';
import type { ReceiverKind } from '../receiver.ts';

/** Webex's messages API. */
export const webex: ReceiverKind = {
  kind: 'webex',
  urls: [
    { own: 'api_url', global: 'webex_api_url', otherwise: 'https://webexapis.com/v1/messages' },
  ],
  answer: () => json({ id: 'run' }),
  read: jsonMessage('roomId'),
};
