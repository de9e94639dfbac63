import { z } from 'zod';
import { messageOf } from '../../lib/errors.ts';
import type { Credentials } from './credentials.ts';
import { tlsFailure } from './tls-reasons.ts';
import { Unanswered } from './unanswered.ts';

const CREDENTIALS = '--bearer-token-file, or --user with --password-file';

/** Why a request came to no answer, in words for whoever named the address; else as Node has it. */
export function failureOf(
  error: unknown,
  target: URL,
  credentials: Credentials = {},
  nowMs = Date.now(),
): Unanswered {
  const failure = error as NodeJS.ErrnoException;
  const known =
    target.protocol === 'https:' ? tlsFailure(failure, target, credentials, nowMs) : undefined;
  return known ?? new Unanswered(...reasonOf(failure, target), { cause: error });
}

function reasonOf(
  error: NodeJS.ErrnoException,
  { protocol, hostname, host }: URL,
): [why: string, mend?: string] {
  const code = error.code ?? '';
  switch (code) {
    case 'ECONNREFUSED':
      return [`nothing listens at ${host}`, 'Look at the host and the port, and whether it runs.'];
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return [`no host named ${hostname} is found`, 'Look at the name.'];
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return [`there is no way to ${hostname}`, 'Look at the network, a VPN or a firewall.'];
    case 'ECONNRESET':
      return [`the connection was cut off${protocol === 'http:' ? ': is https:// meant?' : ''}`];
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return ['it does not speak TLS as it should: is http:// meant?'];
    default:
      return [code.startsWith('HPE_') ? 'what it answers is no HTTP' : messageOf(error)];
  }
}

/**
 * What a refusal means.
 * @param isLoggedIn whether credentials were sent
 */
export function statusOf(
  status: number,
  { body, retryAfter }: { body: string; retryAfter: string | undefined },
  isLoggedIn: boolean,
): Unanswered {
  const own = ownWords(body);
  const said = `HTTP ${status}: ${plain(own?.error ?? body)}`.replace(/: $/, '');
  const refusal = { status, ...(own ? { errorType: own.errorType } : {}) };
  const refused = (why: string, mend?: string): Unanswered =>
    new Unanswered(why, mend, { refusal });
  switch (status) {
    case 401:
    case 407:
      return isLoggedIn
        ? refused(`${said} (the credentials are not taken)`, `Look at ${CREDENTIALS}.`)
        : refused(`${said} (no credentials were sent)`, `Name ${CREDENTIALS}.`);
    case 403:
      return isLoggedIn
        ? refused(`${said} (the credentials are not taken)`, 'They may not read this.')
        : refused(`${said} (no credentials were sent)`, `Name ${CREDENTIALS}.`);
    case 429:
      return refused(`${said} (it is asked too much)`, later(retryAfter));
    case 502:
    case 503:
    case 504:
      // What says of itself what went wrong is reached.
      return own
        ? refused(said)
        : refused(
            `${said} (it is not ready, or what is before it doesn't reach it)`,
            later(retryAfter),
          );
    default:
      return refused(said);
  }
}

const failed = z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() });

/** What Prometheus says of a question that it can't answer (HTTP API, "Format overview"). */
function ownWords(body: string): z.output<typeof failed> | undefined {
  try {
    return failed.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

function later(retryAfter: string | undefined): string {
  const seconds = /^\d+$/.test(retryAfter ?? '') ? ` in ${retryAfter ?? ''} s` : ' later';
  return `Try again${seconds}.`;
}

/** What a page says, without what draws it. */
function plain(body: string): string {
  const title = /<title>([^<]*)<\/title>/i.exec(body)?.[1];
  const text = title ?? (/^\s*</.test(body) ? 'a page' : body);
  return text.replace(/\s+/g, ' ').slice(0, 200).trim();
}

/** An answer in JSON. @throws Unanswered when it is anything else, such as a page to log in */
export function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (/^\s*</.test(body))
      throw new Unanswered(
        'it answers with a page, not with data: is something before it that asks who one is?',
        `Name the address behind that, or ${CREDENTIALS} that it takes.`,
        { cause: error },
      );
    throw new Unanswered(`what it answers is no JSON: ${messageOf(error)}`, undefined, {
      cause: error,
    });
  }
}
