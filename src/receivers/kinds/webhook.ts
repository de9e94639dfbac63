import { pathOf, text, textsOf } from '../payload.ts';
import type { ReceiverKind } from '../receiver.ts';

/**
 * Anybody's own service; any 2xx is enough for Alertmanager. With `payload` its body is whatever
 * the template makes.
 */
export const webhook: ReceiverKind = {
  kind: 'webhook',
  urls: [{ own: 'url' }],
  answer: () => text('ok'),
  read: (request) => ({ to: pathOf(request), text: shownIn(request.body) }),
};

function shownIn(body: string): string {
  try {
    return textsOf(JSON.parse(body));
  } catch {
    return body;
  }
}
