import { selectors } from '../promql/ast.ts';
import type { Selector } from '../promql/ast.ts';
import { passes } from '../promql/matchers.ts';
import type { Stack } from '../stack/index.ts';
import { known } from './derived.ts';
import type { Entry } from './derived.ts';

/** Series that Prometheus makes itself. */
const BUILT_IN = /^(up|ALERTS|ALERTS_FOR_STATE|scrape_\w+)$/;

/** Every metric that an alert, a recording rule or a panel looks at, by name. */
export function derivedMetrics(stack: Stack): Record<string, Entry> {
  const recorded = new Set(stack.rules.filter((r) => r.kind === 'record').map((r) => r.name));
  const uses = new Map<string, Selector[]>();
  for (const { expr } of stack.expressions)
    for (const selector of expr ? selectors(expr) : []) {
      const { name } = selector;
      if (name === undefined || BUILT_IN.test(name) || recorded.has(name)) continue;
      uses.set(name, [...(uses.get(name) ?? []), selector]);
    }
  return Object.fromEntries(
    [...uses]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, all]) => [name, known({ jobs: jobsOf(all, stack) })]),
  );
}

/** The jobs that are expected to have it; undefined where the expressions leave it open. */
function jobsOf(uses: Selector[], { prometheus: [first] }: Stack): string[] | undefined {
  const jobs = first?.jobs ?? [];
  if (jobs.length === 0 || jobs.some(({ name, jobLabel }) => jobLabel !== name)) return undefined;
  const isOpen = ({ matchers }: Selector): boolean =>
    !matchers.some(({ label }) => label === 'job');
  if (jobs.length > 1 && uses.some(isOpen)) return undefined;
  const meant = jobs.filter(({ name }) =>
    uses.some(({ matchers }) =>
      matchers.every((one) => one.label !== 'job' || passes(one, name) === true),
    ),
  );
  return meant.length > 0 ? meant.map(({ name }) => name) : undefined;
}
