import type { Value } from '../../../stack/source/value.ts';
import { sayKubernetes } from '../../common/kubernetes-selectors.ts';
import type { Rule } from '../../rule.ts';
import { isFilledIn } from '../../schemas/scalars.ts';

/**
 * What a pattern of files may look like (discovery/file, `patFileSDName`): one `*`, in the last
 * part.
 */
const TARGET_FILES = /^[^*]*(\*[^/]*)?\.(json|yml|yaml|JSON|YML|YAML)$/;

export const badDiscovery: Rule = {
  id: 'config/discovery',
  level: 'error',
  title: 'A discovery that lacks what it needs',
  why: 'Prometheus refuses its whole configuration.',
  mend:
    'Name files that end with .json, .yml or .yaml, with one `*` in the last part at most; ' +
    'give a port to DNS records that have none; select by what a role of Kubernetes can be ' +
    'selected by.',
  check: ({ prometheus }, say) => {
    for (const { root } of prometheus)
      for (const holder of [
        ...root.get('scrape_configs').items(),
        ...root.at('alerting', 'alertmanagers').items(),
      ]) {
        for (const { text, value } of listed(holder, 'file_sd_configs', 'files'))
          if (!TARGET_FILES.test(text) && !isFilledIn(text))
            say(value.place, `\`${text}\` is no pattern of .json or .yml files`);
        for (const one of holder.get('kubernetes_sd_configs').items()) sayKubernetes(one, say);
        for (const dns of holder.get('dns_sd_configs').items()) {
          const type = (dns.get('type').text() ?? 'SRV').toUpperCase();
          if (type !== 'SRV' && !Number(dns.get('port').text() ?? '0'))
            say(dns.get('type').place, `records of type ${type} have no port: \`port\` is missing`);
        }
      }
  },
};

function listed(holder: Value, key: string, names: string): { text: string; value: Value }[] {
  return holder
    .get(key)
    .items()
    .flatMap((one) => one.get(names).texts());
}
