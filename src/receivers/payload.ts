import type { Answer, Message, ReceivedRequest } from './receiver.ts';

/** An answer in JSON. */
export function json(body: unknown, status = 200): Answer {
  return { status, body: JSON.stringify(body) };
}

/** An answer that is plain text. */
export function text(body: string, status = 200): Answer {
  return { status, type: 'text/plain; charset=utf-8', body };
}

/** The body as an object. @throws SyntaxError when it is no JSON; TypeError when it is no object */
export function payloadOf(request: ReceivedRequest): Record<string, unknown> {
  const value: unknown = JSON.parse(request.body);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('the body is no JSON object');
  return value as Record<string, unknown>;
}

/** The text under a key; empty when there is none. */
export function textAt(payload: Record<string, unknown>, key: string): string {
  const value = payload[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Every text of a payload, in its order, a line each: what a card or an attachment shows. */
export function textsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value).map(textsOf).filter(Boolean).join('\n');
}

/** Reads messages whose payload is JSON, and names whom they go to under `to`. */
export function jsonMessage(to?: string): (request: ReceivedRequest) => Message {
  return (request) => {
    const payload = payloadOf(request);
    return { to: to === undefined ? '' : textAt(payload, to), text: textsOf(payload) };
  };
}

/** Path of a request without its query. */
export function pathOf({ path }: ReceivedRequest): string {
  return path.split('?')[0] ?? '';
}

/** A parameter of the query; empty when it isn't there. */
export function queryOf({ path }: ReceivedRequest, name: string): string {
  return new URLSearchParams(path.split('?')[1] ?? '').get(name) ?? '';
}
