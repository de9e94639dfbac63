import type { Value } from '../../stack/source/value.ts';
import type { Say } from '../rule.ts';
import { isFilledIn } from '../schemas/scalars.ts';

/** What each role may select by (discovery/kubernetes, `SDConfig.UnmarshalYAML`). */
const SELECTS: Readonly<Record<string, readonly string[]>> = {
  pod: ['pod', 'node'],
  service: ['service'],
  endpointslice: ['pod', 'service', 'endpointslice'],
  endpoints: ['pod', 'service', 'endpoints'],
  node: ['node'],
  ingress: ['ingress'],
};

/** Tells what Prometheus refuses in where one discovery of Kubernetes looks. */
export function sayKubernetes(discovery: Value, say: Say): void {
  const own = discovery.at('namespaces', 'own_namespace');
  if (own.raw === true && discovery.get('api_server').exists)
    say(own.keyPlace, '`own_namespace` is known within the cluster alone, without `api_server`');
  if (own.raw === true && discovery.get('kubeconfig_file').exists)
    say(
      own.keyPlace,
      '`own_namespace` is known within the cluster alone, without `kubeconfig_file`',
    );
  const role = discovery.get('role').text() ?? '';
  const seen = new Set<string>();
  for (const selector of discovery.get('selectors').items()) {
    const by = selector.get('role').text() ?? '';
    const allowed = SELECTS[role];
    if (isFilledIn(by)) continue;
    if (seen.has(by)) say(selector.head, `\`${by}\` is selected by twice`);
    else if (allowed && !allowed.includes(by))
      say(selector.head, `\`${role}\` is selected by ${allowed.join(', ')} alone`);
    seen.add(by);
    sayField(selector.get('field'), say);
  }
}

/** A field's selector: `key=value`, `!=` or `==`, several with commas between. */
function sayField(field: Value, say: Say): void {
  const text = field.text() ?? '';
  const odd = text.split(',').find((term) => term !== '' && !term.includes('='));
  if (odd !== undefined && !isFilledIn(text))
    say(field.place, `\`${odd}\` is no selector such as \`spec.nodeName=a\``);
}
