import { all } from './shape.ts';
import type { Fields, Shape } from './shape.ts';

const certificate = ['cert', 'cert_file', 'cert_ref'];
const key = ['key', 'key_file', 'key_ref'];

/** `tls_config` (prometheus/common, config.TLSConfig). */
export const tls: Fields = {
  fields: {
    ca: 'text',
    cert: 'text',
    key: 'text',
    ca_file: 'text',
    cert_file: 'text',
    key_file: 'text',
    ca_ref: 'text',
    cert_ref: 'text',
    key_ref: 'text',
    server_name: 'text',
    insecure_skip_verify: 'flag',
    min_version: { oneOf: ['TLS10', 'TLS11', 'TLS12', 'TLS13'] },
    max_version: { oneOf: ['TLS10', 'TLS11', 'TLS12', 'TLS13'] },
  },
  needs: [
    { when: certificate, oneOf: key },
    { when: key, oneOf: certificate },
  ],
  exclusive: [['ca', 'ca_file', 'ca_ref'], certificate, key],
  byValue: true,
};

const proxy: Record<string, Shape> = {
  proxy_url: 'text',
  no_proxy: 'text',
  proxy_from_environment: 'flag',
  proxy_connect_header: { map: { list: 'text' } },
};

const basicAuth: Fields = {
  fields: {
    username: 'text',
    username_file: 'text',
    username_ref: 'text',
    password: 'text',
    password_file: 'text',
    password_ref: 'text',
  },
  exclusive: [
    ['username', 'username_file', 'username_ref'],
    ['password', 'password_file', 'password_ref'],
  ],
};

const authorization: Fields = {
  fields: { type: 'text', credentials: 'text', credentials_file: 'text', credentials_ref: 'text' },
  exclusive: [['credentials', 'credentials_file', 'credentials_ref']],
};

const oauth2: Fields = {
  fields: {
    client_id: 'text',
    client_secret: 'text',
    client_secret_file: 'text',
    client_secret_ref: 'text',
    client_certificate_key_id: 'text',
    client_certificate_key: 'text',
    client_certificate_key_file: 'text',
    client_certificate_key_ref: 'text',
    grant_type: 'text',
    signature_algorithm: 'text',
    iss: 'text',
    audience: 'text',
    claims: { map: 'any' },
    scopes: { list: 'text' },
    token_url: 'text',
    endpoint_params: { map: 'text' },
    tls_config: tls,
    ...proxy,
  },
  needs: all('client_id', 'token_url'),
  exclusive: [['client_secret', 'client_secret_file', 'client_secret_ref']],
};

/** How a request is made, wherever one is made (prometheus/common, config.HTTPClientConfig). */
export const httpFields: Readonly<Record<string, Shape>> = {
  basic_auth: basicAuth,
  authorization,
  oauth2,
  bearer_token: 'text',
  bearer_token_file: 'text',
  tls_config: tls,
  follow_redirects: 'flag',
  enable_http2: 'flag',
  ...proxy,
  http_headers: {
    map: {
      fields: { values: { list: 'text' }, secrets: { list: 'text' }, files: { list: 'text' } },
    },
  },
};

/** A request proves who it is in one way. */
export const oneAuthentication: readonly (readonly string[])[] = [
  ['basic_auth', 'authorization', 'oauth2', 'bearer_token', 'bearer_token_file'],
  ['proxy_url', 'proxy_from_environment'],
];

export const httpConfig: Fields = { fields: httpFields, exclusive: oneAuthentication };
