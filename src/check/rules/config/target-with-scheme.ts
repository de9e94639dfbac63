import type { Value } from '../../../stack/source/value.ts';
import type { Rule, Say } from '../../rule.ts';

export const targetWithScheme: Rule = {
  id: 'config/target-with-scheme',
  level: 'error',
  title: 'An address with a scheme or a path where a host and a port belong',
  why: 'Prometheus refuses its whole configuration; a target of a file is never scraped.',
  mend: 'Write `host:port` only; the scheme goes into `scheme`, the path into `metrics_path`.',
  check: ({ prometheus }, say) => {
    const holders = prometheus.flatMap(({ root }) => [
      ...root.get('scrape_configs').items(),
      ...root.at('alerting', 'alertmanagers').items(),
    ]);
    for (const holder of holders) sayAddresses(holder, targetsOf(holder), say);
    for (const { holder, targets } of prometheus.flatMap((one) => one.fileTargets))
      sayAddresses(
        holder,
        targets.flatMap((group) => group.targets),
        (place, title) => say(place, `${title}, and left out`),
      );
  },
};

interface Address {
  text: string;
  value: Value;
}

/** Relabelling may make an address of anything, as for the blackbox exporter. */
function sayAddresses(holder: Value, addresses: Address[], say: Say): void {
  if (holder.get('relabel_configs').exists) return;
  for (const { text, value } of addresses)
    if (text.includes('/')) say(value.place, `\`${text}\` is no host with a port`);
}

function targetsOf(holder: Value): Address[] {
  return holder
    .get('static_configs')
    .items()
    .flatMap((group) => group.get('targets').texts());
}
