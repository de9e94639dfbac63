import type { Shape } from '../../shape.ts';
import { awsKinds } from './aws.ts';
import { clouds } from './clouds.ts';
import { hosters } from './hosters.ts';
import { orchestrators } from './orchestrators.ts';
import { registries } from './registries.ts';

const kinds = { ...awsKinds, ...clouds, ...hosters, ...orchestrators, ...registries };

/**
 * Every way of finding targets: `static_configs`, and `…_sd_configs` for each kind that Prometheus
 * has.
 */
export const discovery: Readonly<Record<string, Shape>> = {
  static_configs: {
    list: { fields: { targets: { list: 'text' }, labels: { map: 'text', keys: 'label' } } },
    filled: true,
  },
  ...Object.fromEntries(
    Object.entries(kinds).map(([kind, shape]) => [
      `${kind}_sd_configs`,
      { list: shape, filled: true as const },
    ]),
  ),
};
