import type { Compose } from './compose/index.ts';
import { readJobs, scrapeDefaults } from './prometheus.ts';
import type { Prometheus } from './prometheus.ts';
import { filesNamed } from './rule-files.ts';

/**
 * Puts the jobs of files that `scrape_config_files` names to the configuration that names them:
 * such a file is no configuration by itself.
 * @returns the configurations that are left
 */
export function linkScrapeFiles(all: Prometheus[], composes: Compose[]): Prometheus[] {
  const parts = all.filter(({ root }) =>
    root.entries().every(({ key }) => key === 'scrape_configs'),
  );
  const taken = new Set<Prometheus>();
  for (const one of all) {
    for (const { text } of one.root.get('scrape_config_files').texts()) {
      const candidates = parts.map(({ file }) => file);
      const files = filesNamed(text, one.file, candidates, composes) ?? [];
      const named = parts.filter(({ file }) => files.includes(file));
      if (named.length === 0) one.allJobsRead = false;
      for (const part of named) {
        one.jobs.push(...readJobs(part.root, scrapeDefaults(one.root)));
        taken.add(part);
      }
    }
  }
  return all.filter((one) => !taken.has(one));
}
