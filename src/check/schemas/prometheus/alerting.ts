import { sigv4 } from '../cloud-credentials.ts';
import { httpFields, oneAuthentication } from '../http-client.ts';
import type { Fields } from '../shape.ts';
import { discovery } from './discovery/index.ts';
import { relabel } from './relabel.ts';

const alertmanager: Fields = {
  fields: {
    ...httpFields,
    ...discovery,
    sigv4,
    scheme: { oneOf: ['http', 'https'], anyCase: true },
    path_prefix: 'text',
    timeout: 'duration',
    // Prometheus 3 speaks the second version of Alertmanager's interface only.
    api_version: { oneOf: ['v2'], gone: { v1: 3 } },
    relabel_configs: { list: relabel, filled: true },
    alert_relabel_configs: { list: relabel, filled: true },
  },
  exclusive: oneAuthentication,
};

export const alerting: Fields = {
  fields: {
    alert_relabel_configs: { list: relabel, filled: true },
    // One that is null makes Prometheus crash.
    alertmanagers: { list: alertmanager, filled: true },
  },
};
