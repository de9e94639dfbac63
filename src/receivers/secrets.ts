import { isScalar, isSeq } from 'yaml';
import type { Setting } from './settings.ts';

/** Keys whose values are secrets, as Alertmanager's and Prometheus' documentations mark them. */
const SECRET_KEY =
  /(^|_)(password|secret|credentials|token|api_key|service_key|user_key|secret_key|access_key)$/;
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
    return /url$/.test(key) ? this.#url(value, () => false) : undefined;
  }

  /**
   * Puts words into the place of what is secret of a setting. @returns whether there is nothing
   * more to look at below it
   */
  putInto({ key, pair: { value }, kind }: Setting): boolean {
    if (isScalar(value) && typeof value.value === 'string') {
      value.value = this.of(key, value.value, kind) ?? value.value;
      return true;
    }
    // `http_headers` may have several values that are secrets.
    if (key !== 'secrets' || !isSeq(value)) return false;
    for (const item of value.items) if (isScalar(item)) item.value = this.word(String(item.value));
    return true;
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
    if (login === undefined && !isSecret(rest)) return undefined;
    const from = login === undefined ? '' : `${this.word(login)}@`;
    const path = isSecret(rest) ? `/${this.word(rest)}` : rest;
    return `${scheme}${from}${host}${path}`;
  }
}
