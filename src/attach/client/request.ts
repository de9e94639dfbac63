import { request as plainRequest } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import type { Credentials } from './credentials.ts';
import { failureOf, statusOf } from './reasons.ts';
import { Unanswered } from './unanswered.ts';

/**
 * Larger answers are cut off: nobody's rules or targets need more, and a series list may be
 * endless.
 */
const MOST_BYTES = 32 * 1024 * 1024;
const MOST_REDIRECTS = 3;
/** The only paths that may be asked by POST: queries that are too long for an address. */
const QUERIES = /\/api\/v1\/query(_range)?$/;
/** Longer addresses are refused by some servers and proxies. */
const LONGEST_ADDRESS = 2_000;

export interface ReadOptions {
  credentials: Credentials;
  timeoutMs: number;
  signal: AbortSignal;
}

/**
 * Asks a program for something, and never anything but reading: GET, and POST for queries alone.
 * Redirects are followed on the same host only, for the credentials are meant for nobody else.
 * @returns the body as text
 * @throws Error with the status and the beginning of what was said
 */
export async function read(
  base: URL,
  path: string,
  parameters: Record<string, string>,
  options: ReadOptions,
): Promise<string> {
  const form = new URLSearchParams(parameters).toString();
  const target = new URL(base);
  target.pathname = `${base.pathname.replace(/\/$/, '')}${path}`;
  const post = QUERIES.test(path) && form.length > LONGEST_ADDRESS;
  if (!post) target.search = form;
  return follow(target, post ? form : undefined, options, MOST_REDIRECTS);
}

async function follow(
  target: URL,
  form: string | undefined,
  options: ReadOptions,
  redirects: number,
): Promise<string> {
  const limit = AbortSignal.timeout(options.timeoutMs);
  const response = await send(target, form, options, limit);
  const status = response.statusCode ?? 0;
  const location = response.headers.location;
  if (status >= 300 && status < 400 && location !== undefined) {
    response.resume();
    const next = new URL(location, target);
    if (next.origin !== target.origin)
      throw new Unanswered(
        `it redirects to ${next.origin}, which was not named and is not asked`,
        'Name the address that it leads to, where that is meant; else what gets past a login.',
      );
    if (redirects === 0) throw new Unanswered(`more than ${MOST_REDIRECTS} redirects`);
    return follow(next, form, options, redirects - 1);
  }
  const body = await limited(response, options.timeoutMs, limit);
  if (status !== 200)
    throw statusOf(
      status,
      { body, retryAfter: response.headers['retry-after'] },
      options.credentials.authorization !== undefined,
    );
  return body;
}

async function send(
  target: URL,
  form: string | undefined,
  { credentials, timeoutMs, signal }: ReadOptions,
  limit: AbortSignal,
): Promise<IncomingMessage> {
  const { authorization, ...tls } = credentials;
  const options: RequestOptions = {
    method: form === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/json',
      ...(authorization === undefined ? {} : { authorization }),
      ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    signal: AbortSignal.any([signal, limit]),
    ...tls,
  };
  return new Promise((resolve, reject) => {
    const sent = (target.protocol === 'https:' ? tlsRequest : plainRequest)(target, options);
    sent.on('response', resolve);
    // An aborted request says only that it was; the signal knows why.
    sent.on('error', (error) =>
      reject(limit.aborted ? tooLate(timeoutMs, error) : failureOf(error, target, credentials)),
    );
    sent.end(form);
  });
}

async function limited(
  response: IncomingMessage,
  timeoutMs: number,
  limit: AbortSignal,
): Promise<string> {
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_BYTES)
      response.destroy(new Error(`the answer is larger than ${MOST_BYTES / 1024 / 1024} MiB`));
  });
  try {
    return await text(response);
  } catch (error) {
    if (limit.aborted) throw tooLate(timeoutMs, error);
    const isCut = (error as NodeJS.ErrnoException).code === 'ECONNRESET' && !response.complete;
    throw isCut
      ? new Unanswered(
          'the connection was cut off in the middle of the answer',
          'Look at the log of the program, and of what is before it.',
          { cause: error },
        )
      : error;
  }
}

function tooLate(timeoutMs: number, cause: unknown): Unanswered {
  return new Unanswered(
    `no answer within ${timeoutMs} ms`,
    'Look at whether it is well, or give it longer with --timeout.',
    { cause },
  );
}
