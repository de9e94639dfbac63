import { json, jsonMessage, payloadOf, textAt } from '../payload.ts';
import type { ReceiverKind } from '../receiver.ts';

/** Telegram's Bot API: the answer is the message as it was sent. */
export const telegram: ReceiverKind = {
  kind: 'telegram',
  urls: [{ own: 'api_url', global: 'telegram_api_url', otherwise: 'https://api.telegram.org' }],
  answer: (request) => {
    const payload = payloadOf(request);
    const chat = { id: Number(textAt(payload, 'chat_id')) || 1, type: 'group' };
    const message = { message_id: 1, date: 1, chat, text: textAt(payload, 'text') };
    return json({ ok: true, result: message });
  },
  read: jsonMessage('chat_id'),
};
