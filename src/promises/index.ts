import type { Solution } from '../model/recipe.ts';
import type { Stack } from '../stack/index.ts';
import { derivedAlerts } from './alerts.ts';
import { derivedDashboards } from './dashboards.ts';
import type { Derived } from './derived.ts';
import { derivedJobs, generalScraping } from './jobs.ts';
import { derivedMetrics } from './metrics.ts';
import { derivedReceivers } from './receivers.ts';
import { promisedEntries } from '../stack/promised-rules.ts';
import { generalTelling } from './telling.ts';
import { written } from './written.ts';
import type { Written } from './written.ts';

export type { Derived } from './derived.ts';
export type { Written } from './written.ts';

/**
 * The contract of a stack with what is new in it.
 * @param old its text, if there is one
 * @throws HarnessError where that isn't YAML
 */
export function contractText(stack: Stack, solution: Solution, old: string | undefined): Written {
  const spokenOf = new Set(promisedEntries(stack.contract, stack.rules).map(({ rule }) => rule));
  return written(old, derivedFrom(stack, solution), (name, entries) => {
    const rules = stack.rules.filter((rule) => rule.kind === 'alert' && rule.name === name);
    return entries.filter((_, i) => !spokenOf.has(rules[i]));
  });
}

/**
 * What a stack promises as it is now, as a contract would say it: what was found by solving its
 * alerts, and what its files say. Pure.
 */
export function derivedFrom(stack: Stack, solution: Solution): Derived {
  const scraping = generalScraping(stack);
  const telling = generalTelling(stack);
  return {
    ...(scraping ? { scraping } : {}),
    jobs: derivedJobs(stack, scraping),
    receivers: derivedReceivers(stack),
    ...(telling ? { telling } : {}),
    metrics: derivedMetrics(stack),
    alerts: derivedAlerts(stack, solution, telling),
    dashboards: derivedDashboards(stack),
  };
}
