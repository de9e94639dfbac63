import type { K6Evidence } from '../../src/model/evidence.ts';
import type { LoadPlan } from '../../src/model/plan.ts';

/** What k6 hands to handleSummary, as far as it is read. */
export interface Summary {
  metrics: Record<string, { values: Record<string, number> } | undefined>;
}

/** Statuses that the load can lead to. 0: refused or timed out, as during an outage. */
const STATUSES = ['0', '200', '201', '202', '204', '400', '404', '500', '503'];
/** Where setup's own requests go. */
const CONTROL = 'http_reqs{service:control}';

const servicesOf = (plan: LoadPlan): string[] => Object.keys(plan.requestsPerSecond);
const stepsOf = (plan: LoadPlan): string[] => Object.values(plan.signals).flatMap((steps) => steps.map(({ step }) => step));

/** The parts of metrics that the summary needs: k6 keeps a part only where a threshold names it, so each gets one that always holds. */
export function partsOf(plan: LoadPlan): { name: string; stat: 'count' | 'max' }[] {
  return [
    { name: CONTROL, stat: 'count' },
    ...servicesOf(plan).flatMap((service) => [`http_reqs{service:${service}}`, ...STATUSES.map((status) => `http_reqs{service:${service},status:${status}}`)].map((name) => ({ name, stat: 'count' as const }))),
    ...stepsOf(plan).map((step) => ({ name: `step_at{step:${step}}`, stat: 'max' as const })),
  ];
}

/** k6's account in the form of the evidence. The counts by status always add up to `requests`: what wasn't foreseen is `other`. */
export function summarize(plan: LoadPlan, data: Summary): Omit<K6Evidence, 'exitCode'> {
  const value = (metric: string, stat: string): number => data.metrics[metric]?.values[stat] ?? 0;
  const requests = value('http_reqs', 'count') - value(CONTROL, 'count');
  const byNameStatus: Record<string, number> = {};
  const put = (name: string, count: number): void => {
    if (count !== 0) byNameStatus[name] = count;
  };
  let ofServices = 0;
  for (const service of servicesOf(plan)) {
    const counts = STATUSES.map((status) => [status, value(`http_reqs{service:${service},status:${status}}`, 'count')] as const);
    const total = value(`http_reqs{service:${service}}`, 'count');
    ofServices += total;
    for (const [status, count] of counts) put(`${service} ${status}`, count);
    put(`${service} other`, counts.reduce((left, [, count]) => left - count, total));
  }
  put('other', requests - ofServices);
  const steps: K6Evidence['steps'] = {};
  for (const step of stepsOf(plan)) {
    const at = `step_at{step:${step}}`;
    if (value(at, 'count') > 0) steps[step] = { first: value(at, 'min'), last: value(at, 'max'), count: value(at, 'count') };
  }
  return { requests, droppedIterations: value('dropped_iterations', 'count'), byNameStatus, steps };
}
