import type { Rule } from '../../rule.ts';
import type { Value } from '../../../stack/source/value.ts';

export const targetWithScheme: Rule = {
  id: 'config/target-with-scheme',
  level: 'error',
  title: 'An address with a scheme or a path where a host and a port belong',
  why: 'Prometheus refuses its whole configuration.',
  mend: 'Write `host:port` only; the scheme goes into `scheme`, the path into `metrics_path`.',
  check: ({ prometheus }, say) => {
    const holders = prometheus.flatMap(({ root }) => [
      ...root.get('scrape_configs').items(),
      ...root.at('alerting', 'alertmanagers').items(),
    ]);
    for (const holder of holders)
      // Relabelling may make an address of it, as for the blackbox exporter.
      if (!holder.get('relabel_configs').exists)
        for (const { text, value } of targetsOf(holder))
          if (text.includes('/')) say(value.place, `\`${text}\` is no host with a port`);
  },
};

function targetsOf(holder: Value): { text: string; value: Value }[] {
  return holder
    .get('static_configs')
    .items()
    .flatMap((group) => group.get('targets').texts());
}
