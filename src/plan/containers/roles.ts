import { splitTarget } from '../../lib/target.ts';
import type { ComposeService } from '../../model/compose.ts';
import type { Plan } from '../../model/plan.ts';

/** What a service is to the stack: the component of its job, or the service's own name. */
export function roleOf(
  { name }: ComposeService,
  { jobs }: Pick<Plan, 'jobs'>,
): { job: string | null; component: string } {
  const job = jobs.find(({ target }) => splitTarget(target).host === name);
  return { job: job?.name ?? null, component: job?.component ?? name };
}
