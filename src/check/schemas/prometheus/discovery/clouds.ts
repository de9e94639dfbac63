import { httpFields, oneAuthentication, tls } from '../../http-client.ts';
import { all } from '../../shape.ts';
import type { Fields } from '../../shape.ts';

const azure: Fields = {
  fields: {
    ...httpFields,
    environment: 'text',
    port: 'whole',
    subscription_id: 'text',
    tenant_id: 'text',
    client_id: 'text',
    client_secret: 'text',
    refresh_interval: 'duration',
    authentication_method: { oneOf: ['OAuth', 'ManagedIdentity', 'SDK', 'WorkloadIdentity'] },
    resource_group: 'text',
  },
  needs: [
    ...all('subscription_id'),
    ...all('tenant_id', 'client_id', 'client_secret').map((need) => ({
      ...need,
      where: { key: 'authentication_method', is: 'OAuth', isDefault: true } as const,
    })),
  ],
  exclusive: oneAuthentication,
};

const gce: Fields = {
  fields: {
    project: 'text',
    zone: 'text',
    filter: 'text',
    refresh_interval: 'duration',
    port: 'whole',
    tag_separator: 'text',
  },
  needs: all('project', 'zone'),
};

const oci: Fields = {
  fields: {
    ...httpFields,
    auth: 'text',
    tenancy: 'text',
    user: 'text',
    fingerprint: 'text',
    key_file: 'text',
    key_passphrase: 'text',
    key_passphrase_file: 'text',
    region: 'text',
    compartments: { list: 'text' },
    port: 'whole',
    refresh_interval: 'duration',
  },
  exclusive: oneAuthentication,
};

const openstack: Fields = {
  fields: {
    identity_endpoint: 'text',
    username: 'text',
    userid: 'text',
    password: 'text',
    project_name: 'text',
    project_id: 'text',
    domain_name: 'text',
    domain_id: 'text',
    application_credential_name: 'text',
    application_credential_id: 'text',
    application_credential_secret: 'text',
    role: { oneOf: ['instance', 'hypervisor', 'loadbalancer'] },
    region: 'text',
    refresh_interval: 'duration',
    port: 'whole',
    all_tenants: 'flag',
    tls_config: tls,
    availability: { oneOf: ['public', 'admin', 'internal'] },
  },
  needs: all('role', 'region'),
};

/** The machines of the large clouds. */
export const clouds: Readonly<Record<string, Fields>> = { azure, gce, oci, openstack };
