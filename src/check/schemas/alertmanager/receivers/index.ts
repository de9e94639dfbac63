import { all } from '../../shape.ts';
import type { Fields } from '../../shape.ts';
import { chat } from './chat.ts';
import { onCall } from './on-call.ts';
import { others } from './others.ts';

/** Every kind of message that Alertmanager can send, by the name before `_configs`. */
const integrations: Readonly<Record<string, Fields>> = { ...chat, ...onCall, ...others };

export const receiver: Fields = {
  fields: {
    name: 'text',
    labels: { map: 'text' },
    ...Object.fromEntries(
      Object.entries(integrations).map(([kind, shape]) => [
        `${kind}_configs`,
        { list: shape, filled: true },
      ]),
    ),
  },
  needs: all('name'),
};
