import { splitTarget } from '../lib/target.ts';
import { OBSERVER } from '../model/observed.ts';
import type { Plan } from '../model/plan.ts';

/** What the stack needs beside its scraped targets: the backing services and the world outside that receives. */
const BESIDE = [
  'postgres',
  'redis',
  'smtp',
  'slack',
  'deadman',
  OBSERVER.host,
  'control',
  'inbox',
] as const;

/** Each name of the stack with a loopback address of its own, in the run's own network. */
export function addresses(plan: Plan): Record<string, string> {
  const names = [...new Set([...plan.jobs.map((job) => splitTarget(job.target).host), ...BESIDE])];
  return Object.fromEntries(names.map((name, i) => [name, `127.0.1.${i + 1}`]));
}

/** An /etc/hosts in which the stack's own names lead to the run's components. */
export function hostsFile(plan: Plan): string {
  const lines = Object.entries(addresses(plan)).map(([name, address]) => `${address} ${name}`);
  return ['127.0.0.1 localhost', '::1 localhost', ...lines, ''].join('\n');
}
