import { json, jsonMessage, pathOf } from '../payload.ts';
import type { ReceiverKind } from '../receiver.ts';

/** PagerDuty's Events API, version 2 (`routing_key`) and 1 (`service_key`). */
export const pagerduty: ReceiverKind = {
  kind: 'pagerduty',
  urls: [
    {
      own: 'url',
      global: 'pagerduty_url',
      otherwise: 'https://events.pagerduty.com/v2/enqueue',
    },
    { otherwise: 'https://events.pagerduty.com/generic/2010-04-15/create_event.json' },
  ],
  answer: (request) =>
    json(
      { status: 'success', message: 'Event processed' },
      pathOf(request).endsWith('/create_event.json') ? 200 : 202,
    ),
  read: jsonMessage('routing_key'),
};
