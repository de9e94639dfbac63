import type { Stack } from '../../stack/index.ts';
import { silencing, tellingsOf } from '../../stack/telling.ts';
import { promisedInstances } from './promised-instances.ts';
import { placesOf } from './places.ts';

/**
 * What becomes of every promised alert at its way to people, as a text that two stacks share only
 * when nothing differs: who is told, with which waits and in which company, at every minute of the
 * week or not, what silences it, and what each receiver does. Undefined when that can't be known.
 */
export function toldOutcome(stack: Stack): string | undefined {
  const [alertmanager] = stack.alertmanagers;
  if (!alertmanager) return undefined;
  const instances = promisedInstances(stack);
  const told = instances.map((target) => {
    const tellings = tellingsOf(alertmanager, target.labels);
    const silences = instances.flatMap((source) =>
      placesOf(source, target).map(({ labels }) => silencing(alertmanager, labels, target.labels)),
    );
    return (
      tellings && {
        // Where it stands says nothing of what it does.
        tellings: tellings.map((telling) => ({ ...telling, value: undefined })),
        silenced: silences.map((rule) => rule !== undefined),
      }
    );
  });
  if (told.includes(undefined)) return undefined;
  const receivers = alertmanager.receivers.map(({ value }) => value.json());
  return JSON.stringify({ told, receivers });
}
