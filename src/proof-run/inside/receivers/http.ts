import type { ServerResponse } from 'node:http';
import { messageOf } from '../../../lib/errors.ts';
import { listen, whenWhole } from '../../../lib/http-server.ts';
import type { Arrived } from '../../../lib/http-server.ts';
import type { Endpoint } from '../../../model/receivers.ts';
import { INTEGRATION_HEADER } from '../../../receivers/observe.ts';
import type { ReceivedRequest, ReceiverKind } from '../../../receivers/receiver.ts';
import type { Inbox } from './inbox.ts';

/** A receiver at one address: it answers in the form of whichever service is asked. */
export async function httpReceiver(
  { port, protocol }: Endpoint,
  ip: string,
  tls: { cert: string; key: string },
  inbox: Inbox,
): Promise<AsyncDisposable> {
  const at = { ip, port, tls: protocol === 'https' ? tls : undefined };
  const handler = whenWhole((arrived, response) => take(arrived, response, inbox));
  return listen(at, handler);
}

function take(
  { request, path, body: sent, receivedAt }: Arrived,
  response: ServerResponse,
  inbox: Inbox,
): void {
  const { method = '', headers } = request;
  const received: ReceivedRequest = { method, path, headers, body: sent };
  if (isLogin(received)) {
    const token = { access_token: 'run', token_type: 'Bearer', expires_in: 3600 };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(token));
    return;
  }
  const integration = inbox.integrationOf(headers[INTEGRATION_HEADER.toLowerCase()]);
  const kind = inbox.kindOf(integration, headers.host ?? '');
  deliver(kind, received, integration?.id ?? null, receivedAt, inbox);
  const { status, type, body } = kind?.answer(received) ?? { status: 200, body: 'ok' };
  response.writeHead(status, { 'content-type': type ?? 'application/json' });
  response.end(body);
}

function deliver(
  kind: ReceiverKind | undefined,
  received: ReceivedRequest,
  integration: string | null,
  at: number,
  inbox: Inbox,
): void {
  const delivery = { at, integration, kind: kind?.kind ?? 'unknown', to: '', text: '' };
  try {
    const message = kind?.read(received) ?? (kind ? undefined : { to: '', text: received.body });
    if (message) inbox.deliveries.push({ ...delivery, ...message, error: null });
  } catch (error) {
    inbox.deliveries.push({ ...delivery, text: received.body, error: messageOf(error) });
  }
}

/** Where `oauth2` asks for a token (RFC 6749, section 4.4). */
function isLogin({ body }: ReceivedRequest): boolean {
  return /(^|&)grant_type=client_credentials(&|$)/.test(body);
}
