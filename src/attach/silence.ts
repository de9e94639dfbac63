import { selectors } from '../promql/ast.ts';
import type { Expr, Selector } from '../promql/ast.ts';
import { passes } from '../promql/matchers.ts';
import { seriesNames } from '../stack/families.ts';
import type { PromisedMetric } from './findings/metrics.ts';
import { jobOf } from './findings/targets.ts';
import type { LiveTarget } from './overview.ts';

/** What is missing because nothing is scraped where it comes from. */
export interface Silence {
  /** Jobs that have targets, none of which is up. */
  jobs: ReadonlySet<string>;
  /** Whether that explains why a selector finds nothing; `maybe` where its job isn't known. */
  explains: (selector: Selector) => Explained;
}

export type Explained = 'surely' | 'maybe' | 'not';

/** @param promised what the contract says of who exports what */
export function silenceOf(targets: LiveTarget[], promised: PromisedMetric[]): Silence {
  const all = new Set(targets.map(jobOf));
  const up = new Set(targets.filter(({ health }) => health === 'up').map(jobOf));
  const jobs = new Set([...all].filter((job) => !up.has(job)));
  const owners = new Map(
    promised.flatMap((metric) =>
      [metric.name, ...seriesNames(metric.type, metric.name)].map(
        (series) => [series, metric.jobs] as const,
      ),
    ),
  );
  const explains = (selector: Selector): Explained => {
    if (jobs.size === 0) return 'not';
    if (up.size === 0) return 'surely';
    const asked = selector.matchers.filter(({ label }) => label === 'job');
    const owned = owners.get(selector.name ?? '');
    if (asked.length === 0 && !owned) return 'maybe';
    const meant = (owned ?? [...all]).filter((job) =>
      asked.every((matcher) => passes(matcher, job) !== false),
    );
    if (meant.length === 0 || !meant.some((job) => jobs.has(job))) return 'not';
    return meant.every((job) => jobs.has(job)) ? 'surely' : 'maybe';
  };
  return { jobs, explains };
}

/** The same of an expression, which gives nothing for want of any of its parts. */
export function explainedIn(expr: Expr, { explains }: Silence): Explained {
  const found = new Set(selectors(expr).map(explains));
  if (found.has('surely')) return 'surely';
  return found.has('maybe') ? 'maybe' : 'not';
}

/** Why what may come from a job that isn't scraped isn't judged. */
export function silentReason({ jobs }: Silence): string {
  return `it may come from ${[...jobs].join(', ')}, of which no target is up`;
}
