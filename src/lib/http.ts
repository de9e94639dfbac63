import { unlessAborted } from './wait.ts';

/** A whole answer. */
export interface Answered {
  ok: boolean;
  status: number;
  body: string;
}

/**
 * Asks, and reads all that is answered, as it is: Node never settles a body that is given up while
 * it is being unpacked (github.com/nodejs/node/issues/56917), so none is packed, and the signal is
 * listened to beside the reading.
 * @throws Error when nobody answers; the signal's reason when it is aborted
 */
export async function answerOf(
  url: string | URL,
  {
    signal,
    headers,
    ...init
  }: Omit<RequestInit, 'headers'> & {
    signal: AbortSignal;
    headers?: Record<string, string>;
  },
): Promise<Answered> {
  const whole = async (): Promise<Answered> => {
    const plain = { 'accept-encoding': 'identity', ...headers };
    const response = await fetch(url, { ...init, headers: plain, signal });
    return { ok: response.ok, status: response.status, body: await response.text() };
  };
  return unlessAborted(whole(), signal);
}

/** The error of an answer in Prometheus's own form. */
function errorIn(body: string): string | undefined {
  try {
    return (JSON.parse(body) as { error?: string }).error;
  } catch {
    return undefined;
  }
}

/** GETs a URL and throws unless it answers 2xx within the time; the body as text. */
export async function get(url: string, timeoutMs = 2_000): Promise<string> {
  return call(url, 'GET', timeoutMs);
}

/** The same with an empty POST. */
export async function post(url: string, timeoutMs = 2_000): Promise<string> {
  return call(url, 'POST', timeoutMs);
}

async function call(url: string, method: string, timeoutMs: number): Promise<string> {
  const signal = AbortSignal.timeout(timeoutMs);
  const { ok, status, body } = await answerOf(url, { method, signal });
  if (!ok) throw new Error(errorIn(body) ?? `${url} answered ${status}: ${body.slice(0, 300)}`);
  return body;
}

/**
 * Throws unless somebody answers who isn't still starting: below 500. A page that isn't there, or
 * isn't for everybody, is an answer of a program that runs.
 */
export async function answers(url: string, timeoutMs = 2_000): Promise<void> {
  const { status } = await answerOf(url, { signal: AbortSignal.timeout(timeoutMs) });
  if (status >= 500) throw new Error(`${url} answered ${status}`);
}
