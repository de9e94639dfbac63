import { httpConfig, tls } from '../http-client.ts';
import type { Fields } from '../shape.ts';
import { tracingFields } from '../tracing.ts';

/** Where Alertmanager writes down what it does. */
export const eventRecorder: Fields = {
  fields: {
    file_outputs: { list: { fields: { name: 'text', path: 'text' } } },
    stdout_outputs: { list: { fields: { name: 'text' } } },
    webhook_outputs: {
      list: {
        fields: {
          name: 'text',
          url: 'url',
          http_config: httpConfig,
          timeout: 'duration',
          workers: 'whole',
          max_retries: 'whole',
          retry_backoff: 'duration',
          batch: 'flag',
          batch_max_events: 'whole',
          batch_max_bytes: 'whole',
          batch_flush_interval: 'duration',
        },
      },
    },
    kafka_outputs: {
      list: {
        fields: {
          name: 'text',
          brokers: { list: 'text' },
          topic: 'text',
          client_id: 'text',
          format: 'text',
          acks: 'text',
          compression: 'text',
          buffer_size: 'whole',
          tls_config: tls,
        },
      },
    },
  },
};

export const tracing: Fields = {
  fields: {
    ...tracingFields,
    headers: { map: 'any' },
  },
};
