import { request as plainRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { HarnessError, messageOf } from '../../lib/errors.ts';
import { readExposition } from '../../lib/exposition.ts';
import type { Rounds } from '../../model/conform.ts';
import type { Scrape } from '../../model/exposition.ts';

const TIMEOUT_MS = 10_000;
/** What Prometheus says it understands. */
const ACCEPT = 'application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3';
/**
 * Several at once, several times: of two workers the first then answers all of the first rounds,
 * and the second all of the others, once in ten thousand times.
 */
const AT_ONCE = 4;
const ROUNDS = 5;

/**
 * Asks a service for its metrics several times, each over a connection of its own.
 * @throws HarnessError when it doesn't answer, or not with 200
 */
export async function scrapes(base: URL, path: string, signal: AbortSignal): Promise<Rounds> {
  const rounds: Rounds = [];
  const url = new URL(path, base);
  for (let i = 0; i < ROUNDS; i++)
    rounds.push(await Promise.all(Array.from({ length: AT_ONCE }, () => scrape(url, signal))));
  return rounds;
}

async function scrape(url: URL, signal: AbortSignal): Promise<Scrape> {
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await answerOf(url, AbortSignal.any([signal, limit]));
    const body = await text(response);
    if (response.statusCode !== 200) throw new Error(`HTTP ${response.statusCode ?? ''}`);
    return { contentType: response.headers['content-type'] ?? '', ...readExposition(body) };
  } catch (error) {
    signal.throwIfAborted();
    throw new HarnessError(
      `${url.href} can't be scraped: ${limit.aborted ? `no answer within ${TIMEOUT_MS} ms` : messageOf(error)}`,
      'Start the service, or correct its address; --metrics-path names another path than /metrics.',
    );
  }
}

/** Over a connection of its own, which no other worker's answer can come through. */
function answerOf(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? tlsRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent: false, headers: { accept: ACCEPT }, signal });
    sent.on('response', resolve);
    sent.on('error', reject);
    sent.end();
  });
}
