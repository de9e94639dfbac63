import { within } from './wait.ts';

/** A whole answer. */
export interface Answered {
  ok: boolean;
  status: number;
  body: string;
}

/** What is asked, and for how long. */
export interface Question extends Omit<RequestInit, 'headers' | 'signal'> {
  timeoutMs: number;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/**
 * Asks, and reads all that is answered, as it is: Node never settles a body that is given up while
 * it is being unpacked (github.com/nodejs/node/issues/56917), so none is packed; and it may forget
 * a timeout that is one signal among several (issues/57736), so both are watched beside the
 * reading.
 * @throws HarnessError when nobody has answered in time; the signal's reason when it is aborted
 */
export async function answerOf(
  url: string | URL,
  { timeoutMs, signal, headers, ...init }: Question,
): Promise<Answered> {
  const over = new AbortController();
  const whole = async (): Promise<Answered> => {
    const plain = { 'accept-encoding': 'identity', ...headers };
    const response = await fetch(url, { ...init, headers: plain, signal: over.signal });
    return { ok: response.ok, status: response.status, body: await response.text() };
  };
  try {
    return await within(whole(), timeoutMs, String(url), signal);
  } finally {
    over.abort();
  }
}

/** The error of an answer in Prometheus's own form. */
function errorIn(body: string): string | undefined {
  try {
    return (JSON.parse(body) as { error?: string }).error;
  } catch {
    return undefined;
  }
}

/** Somebody answered, and it wasn't what was asked for. */
export class Refused extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
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
  const { ok, status, body } = await answerOf(url, { method, timeoutMs });
  if (!ok)
    throw new Refused(errorIn(body) ?? `${url} answered ${status}: ${body.slice(0, 300)}`, status);
  return body;
}

/**
 * Throws unless somebody answers who isn't still starting: below 500. A page that isn't there, or
 * isn't for everybody, is an answer of a program that runs.
 */
export async function answers(url: string, timeoutMs = 2_000): Promise<void> {
  const { status } = await answerOf(url, { timeoutMs });
  if (status >= 500) throw new Error(`${url} answered ${status}`);
}
