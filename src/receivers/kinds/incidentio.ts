import { json, pathOf, payloadOf, textsOf } from '../payload.ts';
import type { ReceiverKind } from '../receiver.ts';

/** incident.io's alert events. */
export const incidentio: ReceiverKind = {
  kind: 'incidentio',
  urls: [{ own: 'url' }],
  answer: () => json({ status: 'success', message: 'Event accepted for processing' }, 202),
  read: (request) => ({ to: pathOf(request), text: textsOf(payloadOf(request)) }),
};
