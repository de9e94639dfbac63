import type { Endpoint } from '../model/receivers.ts';
import { httpKinds } from './registry.ts';
import type { UrlKeys } from './receiver.ts';

/** A block of alertmanager.yml as plain data. */
export type Block = Record<string, unknown>;

const KINDS = new Map(httpKinds().map((kind) => [kind.kind, kind]));
/** The port on which TLS begins at once (notify/email/email.go). */
const IMPLICIT_TLS_PORT = 465;

/**
 * Every endpoint that an integration may call. What a file holds is known to whoever wrote the
 * file.
 */
export function endpointsOf(kind: string, integration: Block, global: Block): Endpoint[] {
  if (kind === 'email') return smtpEndpoints(integration, global);
  const urls = (KINDS.get(kind)?.urls ?? []).flatMap((keys) => urlOf(keys, integration, global));
  if (kind === 'sns' && urls.length === 0) urls.push(snsUrl(integration));
  return [...urls, ...tokenUrls(integration, global)].flatMap(httpEndpoint);
}

function urlOf(
  { own, global: shared, otherwise }: UrlKeys,
  integration: Block,
  global: Block,
): string[] {
  const written = [own && integration[own], shared && global[shared]].find(
    (value) => typeof value === 'string' && value !== '',
  );
  if (typeof written === 'string') return [written];
  return otherwise === undefined ? [] : [otherwise];
}

/** Who gives out tokens, where `oauth2` asks for one. */
function tokenUrls(integration: Block, global: Block): string[] {
  const config = (integration['http_config'] ?? global['http_config']) as Block | undefined;
  const oauth2 = config?.['oauth2'] as Block | undefined;
  return typeof oauth2?.['token_url'] === 'string' ? [oauth2['token_url']] : [];
}

/** AWS's rule for the host of a region's service. */
function snsUrl(integration: Block): string {
  const sigv4 = integration['sigv4'] as Block | undefined;
  const region = typeof sigv4?.['region'] === 'string' ? sigv4['region'] : 'us-east-1';
  return `https://sns.${region}.amazonaws${region.startsWith('cn-') ? '.com.cn' : '.com'}/`;
}

/**
 * The endpoint of a URL; none when it is no HTTP URL. The rest of a template counts no more than
 * any other path.
 */
export function httpEndpoint(text: string): Endpoint[] {
  const start = /^https?:\/\/[^/?#]+/.exec(text.trim())?.[0];
  if (start === undefined || !URL.canParse(start)) return [];
  const url = new URL(start);
  const protocol = url.protocol === 'https:' ? 'https' : 'http';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return [{ host, port: Number(url.port) || (protocol === 'https' ? 443 : 80), protocol }];
}

function smtpEndpoints(integration: Block, global: Block): Endpoint[] {
  const smarthost = integration['smarthost'] ?? global['smtp_smarthost'];
  const match = typeof smarthost === 'string' ? /^\[?([^\]]+?)\]?:(\d+)$/.exec(smarthost) : null;
  if (!match?.[1]) return [];
  const port = Number(match[2]);
  const implicit = integration['force_implicit_tls'] ?? global['smtp_force_implicit_tls'];
  const isTls = typeof implicit === 'boolean' ? implicit : port === IMPLICIT_TLS_PORT;
  return [{ host: match[1], port, protocol: isTls ? 'smtps' : 'smtp' }];
}
