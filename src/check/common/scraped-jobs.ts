import { isMade } from '../../promql/made.ts';
import type { Stack } from '../../stack/index.ts';
import { receivesSeries } from '../../stack/prometheus-flags.ts';

/** Whether a series comes from a target: not what rules make, whose labels may be any. */
export function isScraped(name: string | undefined): boolean {
  return name !== undefined && !isMade(name);
}

/**
 * Every value that `job` can have; undefined where relabelling, or what is pushed, may bring
 * others.
 */
export function scrapedJobs(stack: Stack): string[] | undefined {
  if (receivesSeries(stack)) return undefined;
  const labels = stack.prometheus.flatMap((one) => [
    ...one.jobs.map((job) => job.jobLabel),
    ...(one.root.get('scrape_config_files').exists || one.origin !== 'file' ? [undefined] : []),
  ]);
  const known = labels.filter((label) => label !== undefined);
  return labels.length > 0 && known.length === labels.length ? known : undefined;
}
