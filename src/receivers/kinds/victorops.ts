import { json, pathOf, payloadOf, textsOf } from '../payload.ts';
import type { ReceiverKind } from '../receiver.ts';

/** VictorOps (Splunk On-Call): the routing key is the end of the path. */
export const victorops: ReceiverKind = {
  kind: 'victorops',
  urls: [
    {
      own: 'api_url',
      global: 'victorops_api_url',
      otherwise: 'https://alert.victorops.com/integrations/generic/20131114/alert/',
    },
  ],
  answer: () => json({ result: 'success', entity_id: 'run' }),
  read: (request) => ({
    to: pathOf(request).split('/').at(-1) ?? '',
    text: textsOf(payloadOf(request)),
  }),
};
