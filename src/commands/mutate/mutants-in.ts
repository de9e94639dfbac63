import { saysHowItIsScraped } from '../../check/index.ts';
import type { Mutant } from '../../model/mutation.ts';
import { dashboardMutants } from '../../mutate/dashboards/index.ts';
import { messageMutants } from '../../mutate/messages/index.ts';
import { ruleMutants } from '../../mutate/mutants.ts';
import { routingMutants } from '../../mutate/routing/index.ts';
import { scrapingMutants } from '../../mutate/scraping.ts';
import type { Stack } from '../../stack/index.ts';

/**
 * All mutants of a stack's files but those of panels' queries.
 * @param of tests of rules score rules alone; all else is judged where somebody promised it
 */
export function mutantsIn(stack: Stack, of: 'rules' | 'everything'): Mutant[] {
  if (of === 'rules') return ruleMutants(stack);
  const isPromised = stack.contract?.root.has('alerts') ?? false;
  return [
    ...ruleMutants(stack),
    ...(isPromised ? routingMutants(stack.alertmanagers) : []),
    ...(saysHowItIsScraped(stack) ? scrapingMutants(stack.prometheus) : []),
    ...promisedTexts(stack),
  ];
}

/** What people read and see, where the contract says it. */
function promisedTexts(stack: Stack): Mutant[] {
  const { contract, templates, alertmanagers, dashboards, grafana } = stack;
  const says = (key: string): boolean => contract?.root.has(key) ?? false;
  const dataSources = grafana.dataSources.map(({ uid, name }) => uid ?? name);
  return [
    ...(says('messages') ? messageMutants(templates, alertmanagers) : []),
    ...(says('dashboards') ? dashboardMutants(dashboards, dataSources) : []),
  ];
}
