import type { Integration, Receiver } from '../../stack/alertmanager.ts';
import type { Path, RoutingMutation, RoutingOperator } from './operator.ts';

function perIntegration(
  id: string,
  mutate: (integration: Integration, path: Path) => Omit<RoutingMutation, 'subject'>[],
): RoutingOperator {
  return {
    id,
    mutations: ({ alertmanager: { receivers } }) =>
      receivers.flatMap((receiver, i) =>
        placed(receiver, ['receivers', i]).flatMap(({ integration, path }) =>
          mutate(integration, path).map((one) => ({
            subject: `receiver ${receiver.name}`,
            ...one,
          })),
        ),
      ),
  };
}

/** Each integration with the keys that lead to it. */
function placed(
  { integrations }: Receiver,
  path: Path,
): { integration: Integration; path: Path }[] {
  const counts = new Map<string, number>();
  return integrations.map((integration) => {
    const number = counts.get(integration.kind) ?? 0;
    counts.set(integration.kind, number + 1);
    return { integration, path: [...path, `${integration.kind}_configs`, number] };
  });
}

const resolvedFlipped = perIntegration('send-resolved-flipped', ({ value, sendResolved }, path) => {
  const said = value.get('send_resolved');
  const edits = [{ path: [...path, 'send_resolved'], value: !sendResolved }];
  return [
    {
      value: said.exists ? said : value,
      was: String(sendResolved),
      becomes: String(!sendResolved),
      edits,
    },
  ];
});

const removed = perIntegration('integration-removed', ({ kind, value }, path) => [
  { value, was: kind, becomes: '', edits: [{ path }] },
]);

/** Where each kind says whom it tells. */
const ADDRESSEES = ['channel', 'to'];

const addresseeChanged = perIntegration('addressee-changed', ({ value }, path) =>
  ADDRESSEES.flatMap((key) => {
    const told = value.get(key);
    const text = told.text();
    if (text === undefined) return [];
    const becomes = `${text}x`;
    return [{ value: told, was: text, becomes, edits: [{ path: [...path, key], value: becomes }] }];
  }),
);

export const RECEIVER_OPERATORS: RoutingOperator[] = [resolvedFlipped, removed, addresseeChanged];
