import { httpFields, oneAuthentication } from '../../http-client.ts';
import { all } from '../../shape.ts';
import type { Fields } from '../../shape.ts';

const consul: Fields = {
  fields: {
    ...httpFields,
    server: 'text',
    path_prefix: 'text',
    token: 'text',
    datacenter: 'text',
    namespace: 'text',
    partition: 'text',
    tag_separator: 'text',
    scheme: 'text',
    username: 'text',
    password: 'text',
    allow_stale: 'flag',
    refresh_interval: 'duration',
    services: { list: 'text' },
    tags: { list: 'text' },
    node_meta: { map: 'text' },
    filter: 'text',
    health_filter: 'text',
  },
  exclusive: [...oneAuthentication, ['token', 'authorization', 'oauth2']],
};

const dns: Fields = {
  fields: {
    names: { list: 'text', some: true },
    refresh_interval: 'duration',
    type: { oneOf: ['SRV', 'A', 'AAAA', 'MX', 'NS'], anyCase: true },
    port: 'whole',
  },
  needs: all('names'),
};

const eureka: Fields = {
  fields: {
    ...httpFields,
    server: 'url',
    refresh_interval: 'duration',
  },
  needs: all('server'),
  exclusive: oneAuthentication,
};

const file: Fields = {
  fields: {
    files: { list: 'text', some: true },
    refresh_interval: 'duration',
  },
  needs: all('files'),
};

const http: Fields = {
  fields: {
    ...httpFields,
    refresh_interval: 'duration',
    url: 'url',
  },
  needs: all('url'),
  exclusive: oneAuthentication,
};

const nerve: Fields = {
  fields: {
    servers: { list: 'text', some: true },
    paths: { list: 'text', some: true },
    timeout: 'duration',
  },
  needs: all('servers', 'paths'),
};

const puppetdb: Fields = {
  fields: {
    ...httpFields,
    refresh_interval: 'duration',
    url: 'url',
    query: 'text',
    include_parameters: 'flag',
    port: 'whole',
  },
  needs: all('url', 'query'),
  exclusive: oneAuthentication,
};

const serverset: Fields = {
  fields: {
    servers: { list: 'text', some: true },
    paths: { list: 'text', some: true },
    timeout: 'duration',
  },
  needs: all('servers', 'paths'),
};

const uyuni: Fields = {
  fields: {
    ...httpFields,
    server: 'text',
    username: 'text',
    password: 'text',
    entitlement: 'text',
    separator: 'text',
    refresh_interval: 'duration',
  },
  needs: all('server', 'username', 'password'),
  exclusive: oneAuthentication,
};

/** Where services are listed. */
export const registries: Readonly<Record<string, Fields>> = {
  consul,
  dns,
  eureka,
  file,
  http,
  nerve,
  puppetdb,
  serverset,
  uyuni,
};
