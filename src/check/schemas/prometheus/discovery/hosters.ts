import { httpFields, oneAuthentication, tls } from '../../http-client.ts';
import { all } from '../../shape.ts';
import type { Fields } from '../../shape.ts';

const digitalocean: Fields = {
  fields: {
    ...httpFields,
    refresh_interval: 'duration',
    port: 'whole',
    role: { oneOf: ['droplets', 'databases'] },
  },
  exclusive: oneAuthentication,
};

const hetzner: Fields = {
  fields: {
    ...httpFields,
    refresh_interval: 'duration',
    port: 'whole',
    role: { oneOf: ['robot', 'hcloud'] },
    label_selector: 'text',
  },
  needs: all('role'),
  exclusive: oneAuthentication,
};

const ionos: Fields = {
  fields: {
    ...httpFields,
    datacenter_id: 'text',
    refresh_interval: 'duration',
    port: 'whole',
  },
  needs: all('datacenter_id'),
  exclusive: oneAuthentication,
};

const linode: Fields = {
  fields: {
    ...httpFields,
    refresh_interval: 'duration',
    port: 'whole',
    tag_separator: 'text',
    region: 'text',
  },
  exclusive: oneAuthentication,
};

const outscale: Fields = {
  fields: {
    ...httpFields,
    endpoint: 'text',
    region: 'text',
    access_key: 'text',
    secret_key: 'text',
    secret_key_file: 'text',
    refresh_interval: 'duration',
    port: 'whole',
  },
  needs: [...all('access_key'), { oneOf: ['secret_key', 'secret_key_file'] }],
  exclusive: [...oneAuthentication, ['secret_key', 'secret_key_file']],
};

const ovhcloud: Fields = {
  fields: {
    endpoint: 'text',
    application_key: 'text',
    application_secret: 'text',
    consumer_key: 'text',
    refresh_interval: 'duration',
    service: { oneOf: ['dedicated_server', 'vps'] },
  },
  needs: all('application_key', 'application_secret', 'consumer_key', 'service'),
};

const scaleway: Fields = {
  fields: {
    ...httpFields,
    project_id: 'text',
    api_url: 'text',
    zone: 'text',
    access_key: 'text',
    secret_key: 'text',
    secret_key_file: 'text',
    name_filter: 'text',
    tags_filter: { list: 'text' },
    refresh_interval: 'duration',
    port: 'whole',
    role: { oneOf: ['instance', 'baremetal'] },
  },
  needs: [...all('role', 'project_id', 'access_key'), { oneOf: ['secret_key', 'secret_key_file'] }],
  exclusive: [...oneAuthentication, ['secret_key', 'secret_key_file']],
};

const stackit: Fields = {
  fields: {
    ...httpFields,
    project: 'text',
    refresh_interval: 'duration',
    port: 'whole',
    region: 'text',
    endpoint: 'text',
    service_account_key: 'text',
    private_key: 'text',
    service_account_key_path: 'text',
    private_key_path: 'text',
    credentials_file_path: 'text',
  },
  exclusive: oneAuthentication,
};

const triton: Fields = {
  fields: {
    account: 'text',
    role: { oneOf: ['container', 'cn'] },
    dns_suffix: 'text',
    endpoint: 'text',
    groups: { list: 'text' },
    port: 'whole',
    refresh_interval: 'duration',
    tls_config: tls,
    version: 'whole',
  },
  needs: all('account', 'dns_suffix', 'endpoint'),
};

const vultr: Fields = {
  fields: {
    ...httpFields,
    refresh_interval: 'duration',
    port: 'whole',
  },
  exclusive: oneAuthentication,
};

/** Servers of hosting companies. */
export const hosters: Readonly<Record<string, Fields>> = {
  digitalocean,
  hetzner,
  ionos,
  linode,
  outscale,
  ovhcloud,
  scaleway,
  stackit,
  triton,
  vultr,
};
