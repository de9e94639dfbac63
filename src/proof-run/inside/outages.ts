import { sleepUntil } from '../../lib/wait.ts';
import type { ProofPlan } from '../../model/proof-plan.ts';
import type { ProcessRuntime } from '../../runtimes/native/processes.ts';
import { downOf } from '../../synthetic/server.ts';

/** How late an outage may begin or end, ms. */
const FOLLOWS_WITHIN_MS = 20;

/** A component's name among the run's processes; a job may be called like anything. */
export const processOf = (component: string): string => `real-${component}`;

/**
 * Freezes each real component while its target may answer nobody, by the plan.
 * @param t0 epoch ms
 */
export async function causeOutages(
  { targets, components, speed, lengthMs }: ProofPlan,
  t0: number,
  runtime: ProcessRuntime,
  signal: AbortSignal,
): Promise<void> {
  const followed = components.flatMap(({ component, target }) => {
    const front = targets.find(({ real, up }) => up.length > 0 && real?.includes(`//${target}/`));
    return front ? [{ name: processOf(component), isDownAt: downOf(front, speed) }] : [];
  });
  const frozen = new Set<string>();
  for (let at = 0; followed.length > 0 && at < lengthMs; at += FOLLOWS_WITHIN_MS) {
    await sleepUntil(t0 + at, signal);
    for (const { name, isDownAt } of followed) {
      const down = isDownAt(Date.now() - t0);
      if (down === frozen.has(name)) continue;
      if (down) await runtime.freeze(name, signal);
      else await runtime.thaw(name);
      frozen[down ? 'add' : 'delete'](name);
    }
  }
}
