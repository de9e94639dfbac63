import { all } from './shape.ts';
import type { Fields, Shape } from './shape.ts';

/** Where in AWS, and as whom. */
export const awsKeys: Record<string, Shape> = {
  region: 'text',
  access_key: 'text',
  secret_key: 'text',
  profile: 'text',
  role_arn: 'text',
  external_id: 'text',
};

/** `sigv4`: requests signed for AWS (prometheus/sigv4). */
export const sigv4: Fields = {
  fields: {
    ...awsKeys,
    session_name: 'text',
    tags: { map: 'text' },
    use_fips_sts_endpoint: 'flag',
    service_name: 'text',
  },
  needs: [
    { when: ['access_key'], oneOf: ['secret_key'] },
    { when: ['secret_key'], oneOf: ['access_key'] },
    { when: ['external_id', 'session_name', 'tags'], oneOf: ['role_arn'] },
  ],
};

const identity: Record<string, Shape> = { client_id: 'text', tenant_id: 'text' };

/** `azuread`: requests with a token of Microsoft Entra. */
export const azuread: Fields = {
  fields: {
    managed_identity: { fields: { client_id: 'text' } },
    workload_identity: {
      fields: { ...identity, token_file_path: 'text' },
      needs: all('client_id', 'tenant_id'),
    },
    oauth: {
      fields: { ...identity, client_secret: 'text' },
      needs: all('client_id', 'client_secret', 'tenant_id'),
    },
    sdk: { fields: { tenant_id: 'text' } },
    certificate: {
      fields: {
        ...identity,
        certificate_path: 'text',
        certificate_key_path: 'text',
        certificate_password: 'text',
        send_certificate_chain: 'flag',
      },
    },
    cloud: 'text',
    scope: 'text',
  },
  needs: [{ oneOf: ['managed_identity', 'workload_identity', 'oauth', 'sdk', 'certificate'] }],
};

/** `google_iam`: requests with a token of Google. */
export const googleIam: Fields = { fields: { credentials_file: 'text' } };
