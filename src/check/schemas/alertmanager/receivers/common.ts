import { httpConfig } from '../../http-client.ts';
import { eitherOf } from '../../shape.ts';
import type { Fields, Need, Shape } from '../../shape.ts';

/** What every integration has that tells by a request. */
export const byRequest: Readonly<Record<string, Shape>> = {
  send_resolved: 'flag',
  http_config: httpConfig,
};

/** Keys that hold a text each. */
export function texts(...keys: string[]): Record<string, Shape> {
  return Object.fromEntries(keys.map((key) => [key, 'text' as const]));
}

/** One of these keys, or of those in `global`, which are called the same behind `prefix_`. */
export function orGlobal(prefix: string, ...keys: string[]): Need {
  return { oneOf: keys, global: keys.map((key) => `${prefix}_${key}`) };
}

/** A message of these texts to the address of a webhook, which may stand in a file. */
export function webhookMessage(...keys: string[]): Fields {
  return {
    fields: { ...byRequest, webhook_url: 'url', webhook_url_file: 'text', ...texts(...keys) },
    ...eitherOf('webhook_url', 'webhook_url_file'),
  };
}
