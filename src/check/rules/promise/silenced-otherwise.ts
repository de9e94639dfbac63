import type { Alertmanager } from '../../../stack/alertmanager.ts';
import { silencing } from '../../../stack/telling.ts';
import type { Labels } from '../../../stack/telling.ts';
import { promisedInstances, sameTarget } from '../../promises/promised-instances.ts';
import type { PromisedInstance } from '../../promises/promised-instances.ts';
import { placesOf } from '../../promises/places.ts';
import type { Rule, Say } from '../../rule.ts';

export const silencedOtherwise: Rule = {
  id: 'promise/silenced-otherwise',
  level: 'error',
  title: 'An alert that another silences otherwise than the contract promises',
  why:
    'A cause that should explain its followers lets them wake somebody too, or what nobody ' +
    'meant to hold back is never told.',
  mend: 'Correct the inhibition in alertmanager.yml, or `silenced_by` in the contract.',
  check: (stack, say) => {
    const instances = promisedInstances(stack);
    if (!instances.some(({ value }) => value.get('silenced_by').exists)) return;
    for (const alertmanager of stack.alertmanagers.filter(({ partial }) => !partial))
      for (const target of instances) judgeSilence(alertmanager, target, instances, say);
  },
};

/**
 * Holds every alert that could silence this one against what is promised: on its own target, and on
 * others.
 */
function judgeSilence(
  alertmanager: Alertmanager,
  target: PromisedInstance,
  instances: PromisedInstance[],
  say: Say,
): void {
  const promised = target.value
    .get('silenced_by')
    .texts()
    .map(({ text }) => text);
  const told = new Set<string>();
  for (const source of instances)
    for (const { labels, where } of placesOf(source, target)) {
      if (source.name === target.name && sameLabels(labels, target.labels)) continue;
      const rule = silencing(alertmanager, labels, target.labels);
      const expected = promised.includes(source.name) && sameTarget(labels, target.labels);
      if ((rule !== undefined) === expected || told.has(source.name)) continue;
      told.add(source.name);
      say(
        rule?.value.head ?? alertmanager.root.get('inhibit_rules').keyPlace,
        rule
          ? `${source.name} of ${where} silences ${target.name}, which nobody promised`
          : `${source.name} of ${where} does not silence ${target.name}, as is promised`,
        { subject: `alert ${target.name}` },
      );
    }
}

function sameLabels(a: Labels, b: Labels): boolean {
  return JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
}
