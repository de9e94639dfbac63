import { awsKeys } from '../../cloud-credentials.ts';
import { httpFields, oneAuthentication } from '../../http-client.ts';
import { all } from '../../shape.ts';
import type { Fields, Shape } from '../../shape.ts';

/** One without values is refused. */
const filters: Shape = {
  list: { fields: { name: 'text', values: { list: 'text', some: true } }, needs: all('values') },
};

/** What is asked for, of whichever service, and as whom. */
const client: Record<string, Shape> = {
  ...httpFields,
  ...awsKeys,
  endpoint: 'text',
  refresh_interval: 'duration',
  port: 'whole',
};
const clusters: Record<string, Shape> = { clusters: { list: 'text' } };
const concurrency: Record<string, Shape> = { request_concurrency: 'count' };

const service = (...own: Record<string, Shape>[]): Fields => ({
  fields: Object.assign({}, client, ...own) as Record<string, Shape>,
  exclusive: oneAuthentication,
});

const role: Shape = { oneOf: ['ec2', 'ecs', 'elasticache', 'lightsail', 'msk', 'rds'] };

/** Machines and services of AWS. */
export const awsKinds: Readonly<Record<string, Fields>> = {
  aws: service({ role, filters }, clusters),
  ec2: service({ filters }),
  ecs: service(clusters, concurrency),
  elasticache: service(clusters, concurrency),
  lightsail: service(),
  msk: service(clusters, concurrency),
  rds: service({ filters }, clusters, concurrency),
};
