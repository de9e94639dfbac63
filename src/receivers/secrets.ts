import { isMap, isScalar, isSeq } from 'yaml';
import type { Setting } from './settings.ts';

/** Keys whose values are secrets, as Alertmanager's and Prometheus' documentations mark them. */
const SECRET_KEY =
  /(^|_)(password|secret|credentials|token|token_id|api_key|service_key|user_key|secret_key|access_key|consumer_key)$/;
/** What maps of these names hold is sent with each request. */
const SENT = ['headers', 'http_headers', 'proxy_connect_header', 'params', 'endpoint_params'];
/** What of it lets somebody in. */
export const LETS_IN = /authorization|cookie|token|secret|password|(^|[-_])(api-?)?key$/i;
/** What of an address lets somebody in, as it follows `?` or `&`. */
const IN_ADDRESS = /([?&](?:[\w-]*(?:token|secret|password|key)|sig|auth)=)([^&#]+)/gi;
/** URLs that are secrets themselves: whoever knows one may post there. */
const SECRET_URLS: Record<string, string[]> = {
  '': ['slack_api_url', 'mattermost_webhook_url'],
  slack: ['api_url'],
  webhook: ['url'],
  incidentio: ['url'],
  discord: ['webhook_url'],
  mattermost: ['webhook_url'],
  msteams: ['webhook_url'],
  msteamsv2: ['webhook_url'],
};
/** By `routing_key` PagerDuty knows its client; VictorOps only who is on call. */
const KEY_OF_PAGERDUTY = 'routing_key';
/** Slack's web API, which answers otherwise than a webhook does, and has its secret elsewhere. */
const WEB_API = /^\/api\/[\w.]+$/;

/**
 * Writes words of the run's own in the place of secrets, each secret its own word: what a run keeps
 * holds none, and what differs goes on differing.
 */
export class SecretWords {
  readonly #words = new Map<string, string>();

  /**
   * What stands for a value. @param key what holds it @param kind of the receiver that it belongs
   * to, as in `slack_configs`; empty for a block that several share
   * @returns undefined when it is no secret and holds none
   */
  of(key: string, value: string, kind: string): string | undefined {
    if (SECRET_URLS[kind]?.includes(key))
      return this.#url(
        value,
        (rest) => rest.length > 1 && !(kind === 'slack' && WEB_API.test(rest)),
      );
    if (SECRET_KEY.test(key) || (key === KEY_OF_PAGERDUTY && kind === 'pagerduty'))
      return value === '' ? undefined : this.word(value);
    return /(url|server|endpoint|host)$/.test(key) ? this.#url(value, () => false) : undefined;
  }

  /**
   * Puts words into the place of what is secret of a setting. @returns whether there is nothing
   * more to look at below it
   */
  putInto({ key, pair: { value }, kind, holder }: Setting): boolean {
    if (SENT.includes(holder) && kind !== 'email' && LETS_IN.test(key)) {
      this.#all(value);
      return !isMap(value);
    }
    if (isScalar(value) && typeof value.value === 'string') {
      value.value = this.of(key, value.value, kind) ?? value.value;
      return true;
    }
    // `http_headers` may have several values that are secrets.
    if (key !== 'secrets' || !isSeq(value)) return false;
    this.#all(value);
    return true;
  }

  /** Every text of a value, a list or a map is secret; files are for who knows them. */
  #all(value: unknown): void {
    if (isScalar(value)) value.value = this.word(String(value.value));
    else if (isSeq(value)) for (const item of value.items) this.#all(item);
    else if (isMap(value))
      for (const pair of value.items)
        if (!isScalar(pair.key) || pair.key.value !== 'files') this.#all(pair.value);
  }

  /** The word for a secret: the same one each time. */
  word(secret: string): string {
    const known = this.#words.get(secret) ?? `stand-in-${this.#words.size + 1}`;
    this.#words.set(secret, known);
    return known;
  }

  /** A URL goes on leading to its host; a login in it, and a secret path, don't stay. */
  #url(text: string, isSecret: (path: string) => boolean): string | undefined {
    const parts = /^(https?:\/\/)(?:([^/?#@]*)@)?([^/?#]+)(.*)$/s.exec(text.trim());
    if (!parts) return undefined;
    const [, scheme = '', login, host = '', rest = ''] = parts;
    const from = login === undefined ? '' : `${this.word(login)}@`;
    const path = isSecret(rest)
      ? `/${this.word(rest)}`
      : rest.replace(IN_ADDRESS, (_, name: string, word: string) => name + this.word(word));
    const made = `${scheme}${from}${host}${path}`;
    return made === text.trim() ? undefined : made;
  }
}
