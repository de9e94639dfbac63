import type { AlertContract } from '../model/contract.ts';
import type { Spec } from '../model/spec.ts';
import { movesSignal } from '../technologies/registry.ts';

/** An alert that is provoked under load, and the rule group that it stands for. */
export interface Provoked {
  group: string;
  alert: string;
}

/**
 * One alert of each rule group that can be provoked by a level: the one that is told of soonest,
 * among equals the first. An outage isn't one: it would take away what is loaded.
 */
export function oneOfEachGroup(spec: Spec): Provoked[] {
  return spec.prometheus.ruleGroups.flatMap(({ name, rules }): Provoked[] => {
    const candidates = rules.flatMap(({ alert }) =>
      spec.contract.alerts.filter(
        ({ name, stimulus }) =>
          name === alert && stimulus.over !== undefined && movesSignal(stimulus),
      ),
    );
    const [first] = [...candidates].sort((a, b) => longestMs(a) - longestMs(b));
    return first ? [{ group: name, alert: first.name }] : [];
  });
}

function longestMs({ forMs, windowMs, everyMs }: AlertContract): number {
  return forMs + windowMs + 2 * everyMs;
}
