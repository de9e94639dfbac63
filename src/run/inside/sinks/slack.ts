import { listenFor } from './http-server.ts';
import type { Sink } from './sink.ts';

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

/** A server in the form of Slack's incoming webhooks, with TLS. */
export const slack: Sink = {
  kind: 'slack',
  host: 'slack',
  start: ({ ip, from, tls, deliver }) =>
    listenFor({ ip: ip('slack'), port: 443, tls, from }, ({ body, receivedAt }) => {
      const message = JSON.parse(body) as SlackMessage;
      const text = shownOf(message);
      deliver({ receivedAt, kind: 'slack', to: message.channel ?? '', text, raw: body });
    }),
};

/** What people see of a message, its title first. */
function shownOf(message: SlackMessage): string {
  const attachment = message.attachments?.[0] ?? {};
  return [
    [attachment.pretext, attachment.title].filter(Boolean).join(' '),
    message.text,
    attachment.text,
    ...(attachment.fields ?? []).map((field) => `${field.title}: ${field.value}`),
  ]
    .filter(Boolean)
    .join('\n');
}
