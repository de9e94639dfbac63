import { httpFields, oneAuthentication } from '../../http-client.ts';
import { all } from '../../shape.ts';
import type { Fields, Shape } from '../../shape.ts';

const filters: Shape = {
  list: { fields: { name: 'text', values: { list: 'text' } } },
};

const docker: Fields = {
  fields: {
    ...httpFields,
    host: 'text',
    port: 'whole',
    filters: filters,
    host_networking_host: 'text',
    refresh_interval: 'duration',
    match_first_network: 'flag',
  },
  needs: all('host'),
  exclusive: oneAuthentication,
};

const dockerswarm: Fields = {
  fields: {
    ...httpFields,
    host: 'text',
    role: { oneOf: ['tasks', 'services', 'nodes'] },
    port: 'whole',
    filters: filters,
    refresh_interval: 'duration',
  },
  needs: all('host', 'role'),
  exclusive: oneAuthentication,
};

/** What makes a request another than by default. */
const REQUEST = Object.keys(httpFields).filter(
  (key) => key !== 'follow_redirects' && key !== 'enable_http2',
);

const kubernetes: Fields = {
  fields: {
    ...httpFields,
    api_server: 'link',
    role: { oneOf: ['node', 'pod', 'service', 'endpoints', 'endpointslice', 'ingress'] },
    kubeconfig_file: 'text',
    namespaces: { fields: { own_namespace: 'flag', names: { list: 'text' } } },
    selectors: { list: { fields: { role: 'text', label: 'text', field: 'text' } } },
    attach_metadata: {
      fields: { node: 'flag', namespace: 'flag', deployment: 'flag', job: 'flag', cronjob: 'flag' },
    },
  },
  // How to ask is said of an API server that is named.
  needs: [...all('role'), { when: REQUEST, oneOf: ['api_server', 'kubeconfig_file'] }],
  exclusive: [
    ...oneAuthentication,
    ...['api_server', ...REQUEST].map((other) => ['kubeconfig_file', other]),
  ],
};

const kuma: Fields = {
  fields: {
    ...httpFields,
    refresh_interval: 'duration',
    fetch_timeout: 'duration',
    server: 'text',
    client_id: 'text',
  },
  needs: all('server'),
  exclusive: oneAuthentication,
};

const marathon: Fields = {
  fields: {
    ...httpFields,
    servers: { list: 'text', some: true },
    refresh_interval: 'duration',
    auth_token: 'text',
    auth_token_file: 'text',
  },
  needs: all('servers'),
  exclusive: [
    ...oneAuthentication,
    ...['basic_auth', 'authorization', 'bearer_token', 'bearer_token_file'].map((other) => [
      other,
      'auth_token',
      'auth_token_file',
    ]),
  ],
};

const nomad: Fields = {
  fields: {
    ...httpFields,
    allow_stale: 'flag',
    namespace: 'text',
    refresh_interval: 'duration',
    region: 'text',
    server: 'text',
    tag_separator: 'text',
  },
  exclusive: oneAuthentication,
};

/** What runs containers. */
export const orchestrators: Readonly<Record<string, Fields>> = {
  docker,
  dockerswarm,
  kubernetes,
  kuma,
  marathon,
  nomad,
};
