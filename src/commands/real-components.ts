import type { PartialContract } from '../model/promise.ts';
import type { Programs } from '../programs/index.ts';
import { sampleComponents } from '../proof-run/sample.ts';
import { selectedMetrics } from '../prove/plan/components.ts';
import type { AskedComponent } from '../prove/plan/components.ts';
import type { Stack } from '../stack/index.ts';
import { componentForAnyStack, componentOf } from '../technologies/registry.ts';

/** What a contract asks for behind jobs, by the components that the technologies have. */
export function askedComponents(contract: PartialContract | undefined): AskedComponent[] {
  return (contract?.technologies ?? []).map(({ job, technology, source }) => {
    const component = componentForAnyStack(technology);
    return { job, component, behind: componentOf(component)?.behind ?? [], source };
  });
}

/**
 * What each tells at rest, by its job: as if it had been saved from production.
 * @throws HarnessError when one of them doesn't start
 */
export async function toldAtRest(
  asked: AskedComponent[],
  stack: Stack,
  options: { programs: Programs; signal: AbortSignal },
): Promise<Map<string, string>> {
  if (asked.length === 0) return new Map();
  return sampleComponents(asked, selectedMetrics(stack), options);
}
