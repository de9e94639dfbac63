import { azuread, googleIam, sigv4 } from '../cloud-credentials.ts';
import { httpFields, oneAuthentication } from '../http-client.ts';
import { all } from '../shape.ts';
import type { Fields } from '../shape.ts';
import { headers } from './headers.ts';
import { relabel } from './relabel.ts';

const queue: Fields = {
  fields: {
    capacity: 'count',
    max_shards: 'count',
    min_shards: 'count',
    max_samples_per_send: 'count',
    batch_send_deadline: 'duration',
    min_backoff: 'duration',
    max_backoff: 'duration',
    retry_on_http_429: 'flag',
    sample_age_limit: 'duration',
  },
  ordered: [
    { low: ['min_shards', '1'], high: ['max_shards', '50'] },
    { low: ['min_backoff', '30ms'], high: ['max_backoff', '5s'] },
  ],
};

export const remoteWrite: Fields = {
  fields: {
    ...httpFields,
    url: 'text',
    remote_timeout: 'duration',
    headers,
    write_relabel_configs: { list: relabel, filled: true },
    name: 'text',
    send_exemplars: 'flag',
    send_native_histograms: 'flag',
    round_robin_dns: 'flag',
    protobuf_message: { oneOf: ['prometheus.WriteRequest', 'io.prometheus.write.v2.Request'] },
    failed_request_logging: 'flag',
    queue_config: queue,
    metadata_config: {
      fields: { send: 'flag', send_interval: 'duration', max_samples_per_send: 'whole' },
    },
    sigv4,
    azuread,
    google_iam: googleIam,
    convert_nhcb_to_classic: 'flag',
  },
  needs: all('url'),
  exclusive: [
    ...oneAuthentication,
    ['basic_auth', 'authorization', 'oauth2', 'sigv4', 'azuread', 'google_iam'],
  ],
};

export const remoteRead: Fields = {
  fields: {
    ...httpFields,
    url: 'text',
    remote_timeout: 'duration',
    chunked_read_limit: 'whole',
    headers,
    read_recent: 'flag',
    name: 'text',
    required_matchers: { map: 'text', keys: 'label' },
    filter_external_labels: 'flag',
  },
  needs: all('url'),
  exclusive: oneAuthentication,
};
