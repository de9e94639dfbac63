import type { Receiver } from '../stack/alertmanager.ts';
import type { Stack } from '../stack/index.ts';
import { known } from './derived.ts';
import type { Entry } from './derived.ts';

/** Where an integration says whom it tells. */
const ADDRESSEES: Readonly<Record<string, string>> = { slack: 'channel', email: 'to' };

/** Who can be told, by name; the last of two of one name. */
export function derivedReceivers({ alertmanagers }: Stack): Record<string, Entry> {
  const all = alertmanagers.flatMap(({ receivers }) => receivers);
  return Object.fromEntries(all.filter(({ name }) => name !== '').map((r) => [r.name, entryOf(r)]));
}

function entryOf({ integrations }: Receiver): Entry {
  const [first] = integrations;
  if (!first) return {};
  const addressee = ADDRESSEES[first.kind];
  return known({
    kind: first.kind,
    to: addressee === undefined ? undefined : first.value.get(addressee).text() || undefined,
    resolved: integrations.every(({ sendResolved }) => sendResolved === first.sendResolved)
      ? first.sendResolved
      : undefined,
  });
}
