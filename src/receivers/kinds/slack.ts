import { json, jsonMessage, pathOf, payloadOf, text, textAt } from '../payload.ts';
import type { ReceiverKind } from '../receiver.ts';

/**
 * Slack: incoming webhooks answer `ok`; an app's messages go to its web API, which answers in JSON.
 */
export const slack: ReceiverKind = {
  kind: 'slack',
  urls: [
    { own: 'api_url', global: 'slack_api_url' },
    {
      own: 'app_url',
      global: 'slack_app_url',
      otherwise: 'https://slack.com/api/chat.postMessage',
    },
  ],
  answer: (request) =>
    pathOf(request).startsWith('/api/')
      ? json({ ok: true, channel: textAt(payloadOf(request), 'channel'), ts: '1.000001' })
      : text('ok'),
  read: jsonMessage('channel'),
};
