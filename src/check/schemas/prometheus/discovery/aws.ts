import { httpFields, oneAuthentication } from '../../http-client.ts';
import type { Fields, Shape } from '../../shape.ts';

const filters: Shape = {
  list: { fields: { name: 'text', values: { list: 'text' } } },
};

const aws: Fields = {
  fields: {
    ...httpFields,
    role: { oneOf: ['ec2', 'ecs', 'elasticache', 'lightsail', 'msk', 'rds'] },
    region: 'text',
    endpoint: 'text',
    access_key: 'text',
    secret_key: 'text',
    profile: 'text',
    role_arn: 'text',
    external_id: 'text',
    refresh_interval: 'duration',
    port: 'whole',
    filters: filters,
    clusters: { list: 'text' },
  },
  exclusive: oneAuthentication,
};

const ec2: Fields = {
  fields: {
    ...httpFields,
    endpoint: 'text',
    region: 'text',
    access_key: 'text',
    secret_key: 'text',
    profile: 'text',
    role_arn: 'text',
    external_id: 'text',
    refresh_interval: 'duration',
    port: 'whole',
    filters: filters,
  },
  exclusive: oneAuthentication,
};

const ecs: Fields = {
  fields: {
    ...httpFields,
    region: 'text',
    endpoint: 'text',
    access_key: 'text',
    secret_key: 'text',
    profile: 'text',
    role_arn: 'text',
    external_id: 'text',
    clusters: { list: 'text' },
    port: 'whole',
    refresh_interval: 'duration',
    request_concurrency: 'whole',
  },
  exclusive: oneAuthentication,
};

const elasticache: Fields = {
  fields: {
    ...httpFields,
    region: 'text',
    endpoint: 'text',
    access_key: 'text',
    secret_key: 'text',
    profile: 'text',
    role_arn: 'text',
    external_id: 'text',
    clusters: { list: 'text' },
    port: 'whole',
    refresh_interval: 'duration',
    request_concurrency: 'whole',
  },
  exclusive: oneAuthentication,
};

const lightsail: Fields = {
  fields: {
    ...httpFields,
    endpoint: 'text',
    region: 'text',
    access_key: 'text',
    secret_key: 'text',
    profile: 'text',
    role_arn: 'text',
    external_id: 'text',
    refresh_interval: 'duration',
    port: 'whole',
  },
  exclusive: oneAuthentication,
};

const msk: Fields = {
  fields: {
    ...httpFields,
    region: 'text',
    endpoint: 'text',
    access_key: 'text',
    secret_key: 'text',
    profile: 'text',
    role_arn: 'text',
    external_id: 'text',
    clusters: { list: 'text' },
    port: 'whole',
    refresh_interval: 'duration',
    request_concurrency: 'whole',
  },
  exclusive: oneAuthentication,
};

const rds: Fields = {
  fields: {
    ...httpFields,
    region: 'text',
    endpoint: 'text',
    access_key: 'text',
    secret_key: 'text',
    profile: 'text',
    role_arn: 'text',
    external_id: 'text',
    clusters: { list: 'text' },
    port: 'whole',
    refresh_interval: 'duration',
    filters: filters,
    request_concurrency: 'whole',
  },
  exclusive: oneAuthentication,
};

/** Machines and services of AWS. */
export const awsKinds: Readonly<Record<string, Fields>> = {
  aws,
  ec2,
  ecs,
  elasticache,
  lightsail,
  msk,
  rds,
};
