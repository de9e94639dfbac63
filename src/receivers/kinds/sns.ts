import type { ReceiverKind } from '../receiver.ts';

/**
 * Amazon SNS: the query protocol, a form in and XML out. Its host has the region in it: see
 * `addresses.ts`.
 */
export const sns: ReceiverKind = {
  kind: 'sns',
  urls: [{ own: 'api_url' }],
  answer: () => ({
    status: 200,
    type: 'text/xml',
    body: [
      '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">',
      '<PublishResult><MessageId>run</MessageId></PublishResult>',
      '<ResponseMetadata><RequestId>run</RequestId></ResponseMetadata>',
      '</PublishResponse>',
    ].join(''),
  }),
  read: (request) => {
    const form = new URLSearchParams(request.body);
    const to = form.get('TopicArn') ?? form.get('TargetArn') ?? form.get('PhoneNumber') ?? '';
    return { to, text: [form.get('Subject'), form.get('Message')].filter(Boolean).join('\n') };
  },
};
