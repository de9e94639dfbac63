import { splitTarget } from '../lib/target.ts';
import type { Plan } from '../model/plan.ts';
import { componentOf } from '../technologies/registry.ts';
import { PUBLIC_NAMES, RECEIVERS } from './receiver-names.ts';

/** The world outside, which receives, and the harness's own servers. */
const OUTSIDE = [...RECEIVERS, 'control', 'inbox'];

/** Each name of the stack with a loopback address of its own, in the run's own network. */
export function addresses(plan: Plan): Record<string, string> {
  const targets = plan.jobs.map((job) => splitTarget(job.target).host);
  const behind = plan.jobs.flatMap((job) => componentOf(job.component)?.behind ?? []);
  const names = [...new Set([...targets, ...behind, ...OUTSIDE])];
  const own = new Map(names.map((name, i) => [name, `127.0.1.${i + 1}`]));
  const known = Object.entries(PUBLIC_NAMES).map(([name, who]): [string, string] => [
    name,
    own.get(who) ?? '',
  ]);
  return Object.fromEntries([...own, ...known]);
}

/** An /etc/hosts in which the stack's own names lead to the run's components. */
export function hostsFile(plan: Plan): string {
  const lines = Object.entries(addresses(plan)).map(([name, address]) => `${address} ${name}`);
  return ['127.0.0.1 localhost', '::1 localhost', ...lines, ''].join('\n');
}
