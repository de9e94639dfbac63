import { createServer as createHttps } from 'node:https';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { Notification } from '../../../model/evidence.ts';
import { readText } from './read-text.ts';
import type { Certificate } from '../../certificate.ts';

type Received = (notification: Notification) => void;

interface SlackMessage {
  channel?: string;
  text?: string;
  attachments?: {
    title?: string;
    text?: string;
    pretext?: string;
    fields?: { title: string; value: string }[];
  }[];
}

interface WebhookMessage {
  alerts: {
    status: 'firing' | 'resolved';
    labels: Record<string, string>;
    annotations: Record<string, string>;
  }[];
}

/** A server in the form of Slack's incoming webhooks, with TLS. */
export async function slackSink(
  ip: string,
  tls: Certificate,
  alertNames: string[],
  received: Received,
): Promise<AsyncDisposable> {
  return listen(
    createHttps({ cert: tls.cert, key: tls.key }, (request, response) => {
      void accept(request, response, (raw, receivedAt) => {
        const message = JSON.parse(raw) as SlackMessage;
        const attachment = message.attachments?.[0] ?? {};
        const fields = (attachment.fields ?? [])
          .map((field) => `${field.title}: ${field.value}`)
          .join('\n');
        const title = [attachment.pretext, attachment.title].filter(Boolean).join(' ');
        received({
          receivedAt,
          kind: 'slack',
          to: message.channel ?? '',
          raw,
          ...readText(
            title,
            [message.text, attachment.text, fields].filter(Boolean).join('\n'),
            alertNames,
          ),
        });
      });
    }),
    443,
    ip,
  );
}

/** The service that listens for the Watchdog: Alertmanager's plain webhook format. */
export async function webhookSink(ip: string, received: Received): Promise<AsyncDisposable> {
  return listen(
    createServer((request, response) => {
      void accept(request, response, (raw, receivedAt) => {
        for (const alert of (JSON.parse(raw) as WebhookMessage).alerts) {
          received({
            receivedAt,
            kind: 'webhook',
            to: request.url ?? '',
            status: alert.status,
            alertname: alert.labels['alertname'] ?? '',
            labels: alert.labels,
            text: Object.values(alert.annotations).join('\n'),
            raw,
          });
        }
      });
    }),
    80,
    ip,
  );
}

async function accept(
  request: IncomingMessage,
  response: ServerResponse,
  read: (raw: string, receivedAt: number) => void,
): Promise<void> {
  const receivedAt = Date.now();
  let raw = '';
  try {
    for await (const chunk of request) raw += String(chunk);
    read(raw, receivedAt);
    response.end('ok');
  } catch (error) {
    // What Slack answers to a message that it can't read; Alertmanager's log then shows it.
    response.writeHead(400).end(`invalid_payload: ${String(error)}`);
  }
}

async function listen(
  server: ReturnType<typeof createServer> | ReturnType<typeof createHttps>,
  port: number,
  ip: string,
): Promise<AsyncDisposable> {
  server.listen(port, ip);
  await once(server, 'listening');
  return {
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
