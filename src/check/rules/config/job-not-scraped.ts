import { nearest } from '../../../lib/nearest.ts';
import type { Rule } from '../../rule.ts';

export const jobNotScraped: Rule = {
  id: 'config/job-not-scraped',
  level: 'error',
  title: 'A promised job that is not scraped',
  why: 'Nothing of it is ever seen, and its alerts never fire: not even that it is down, for `up` needs a scrape.',
  mend: 'Add a scrape job of this name to prometheus.yml, or take it out of the contract.',
  check: ({ contract, prometheus }, say) => {
    if (!contract || prometheus.length === 0) return;
    if (prometheus.some(({ root }) => root.get('scrape_config_files').exists)) return;
    const names = prometheus.flatMap((one) => one.jobs).map((j) => j.name);
    for (const { key, value } of contract.root.get('jobs').entries()) {
      if (names.includes(key)) continue;
      const close = nearest(key, names);
      say(
        value.keyPlace,
        `no scrape job is named \`${key}\`${close === undefined ? '' : `; is \`${close}\` the one?`}`,
      );
    }
  },
};
