import { json, pathOf, payloadOf, textsOf } from '../payload.ts';
import type { ReceiverKind } from '../receiver.ts';

/** Opsgenie's Alert API: alerts are created, updated and closed by requests of their own. */
export const opsgenie: ReceiverKind = {
  kind: 'opsgenie',
  urls: [{ own: 'api_url', global: 'opsgenie_api_url', otherwise: 'https://api.opsgenie.com/' }],
  answer: () => json({ result: 'Request will be processed', took: 0.1, requestId: 'run' }, 202),
  read: (request) => ({ to: pathOf(request), text: textsOf(payloadOf(request)) }),
};
