import { formatDuration, parseDurationMs } from '../../../lib/duration.ts';
import type { Stack } from '../../../stack/index.ts';
import type { Value } from '../../../stack/source/value.ts';
import { tellingsOf } from '../../../stack/telling.ts';
import type { Telling } from '../../../stack/telling.ts';
import { promisedInstances } from '../../promises/promised-instances.ts';
import type { PromisedInstance } from '../../promises/promised-instances.ts';
import type { Rule } from '../../rule.ts';

const WAITS = [
  ['group_wait', 'groupWaitMs'],
  ['group_interval', 'groupIntervalMs'],
  ['repeat_interval', 'repeatIntervalMs'],
] as const;

export const toldOtherwise: Rule = {
  id: 'promise/told-otherwise',
  level: 'error',
  title: 'An alert that is told otherwise than the contract promises',
  why:
    'People are told later, more seldom or in other company than they were promised, or not ' +
    'at all at some hour of the week.',
  mend: 'Correct the route, or `telling` in the contract.',
  check: (stack, say) => {
    eachTold(stack, (telling, { name, value }) => {
      const at = (key: string) =>
        telling.value.get(key).exists ? telling.value.get(key).place : telling.value.head;
      const subject = `alert ${name}`;
      const told = (what: string, key: string): void =>
        say(at(key), `${name}, told to ${telling.receiver}: ${what}`, { subject });
      const promised = promisedTelling(stack, value);
      // Whoever isn't to be told at all isn't told otherwise: that it is routed there is said.
      const receivers = value.get('receivers').texts();
      if (receivers.length > 0 && !receivers.some(({ text }) => text === telling.receiver)) return;
      if (!promised || promised.entries().length === 0) return;
      for (const [key, field] of WAITS) {
        const ms = parseDurationMs(promised.get(key).text() ?? '');
        if (ms !== undefined && ms !== telling[field])
          told(
            `\`${key}\` is ${formatDuration(telling[field])}, and ${formatDuration(ms)} is promised`,
            key,
          );
      }
      const together = promised.get('group_by');
      const labels = together
        .texts()
        .map(({ text }) => text)
        .toSorted();
      if (together.exists && labels.join() !== telling.groupedBy.join())
        told(
          `what has the same ${telling.groupedBy.join(', ')} comes together, and ${labels.join(', ')} is promised`,
          'group_by',
        );
      if (!telling.always)
        told('there are minutes of the week at which nobody is told', 'mute_time_intervals');
    });
  },
};

/** Every way in which a promised alert reaches a receiver that the contract knows. */
function eachTold(
  stack: Stack,
  visit: (telling: Telling, instance: PromisedInstance) => void,
): void {
  const [alertmanager] = stack.alertmanagers;
  if (!alertmanager) return;
  const seen = new Set<string>();
  for (const instance of promisedInstances(stack))
    for (const telling of tellingsOf(alertmanager, instance.labels) ?? []) {
      const key = `${instance.name} ${telling.receiver}`;
      if (!seen.has(key)) visit(telling, instance);
      seen.add(key);
    }
}

/** The alert's own word, or the one for all. */
function promisedTelling({ contract }: Stack, alert: Value): Value | undefined {
  const own = alert.get('telling');
  const general = contract?.root.get('telling');
  return own.exists ? own : general?.exists ? general : undefined;
}
