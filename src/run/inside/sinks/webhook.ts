import { listenFor } from './http-server.ts';
import type { Sink } from './sink.ts';

/**
 * The service that listens for the Watchdog: any body is taken, and Alertmanager's own format is
 * shown by its annotations.
 */
export const webhook: Sink = {
  kind: 'webhook',
  host: 'deadman',
  start: ({ ip, from, deliver }) =>
    listenFor({ ip: ip('deadman'), port: 80, from }, ({ path, body, receivedAt }) =>
      deliver({ receivedAt, kind: 'webhook', to: path, text: shownOf(body), raw: body }),
    ),
};

function shownOf(body: string): string {
  const { alerts } = JSON.parse(body) as { alerts?: { annotations?: Record<string, string> }[] };
  if (!Array.isArray(alerts)) return body;
  return alerts.flatMap(({ annotations }) => Object.values(annotations ?? {})).join('\n');
}
