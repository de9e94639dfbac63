import { json, queryOf } from '../payload.ts';
import type { ReceiverKind } from '../receiver.ts';

/** Pushover: everything stands in the query. */
export const pushover: ReceiverKind = {
  kind: 'pushover',
  urls: [{ otherwise: 'https://api.pushover.net/1/messages.json' }],
  answer: () => json({ status: 1, request: 'run' }),
  read: (request) => ({
    to: queryOf(request, 'user'),
    text: [queryOf(request, 'title'), queryOf(request, 'message')].filter(Boolean).join('\n'),
  }),
};
