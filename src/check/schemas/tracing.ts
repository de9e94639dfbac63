import { tls } from './http-client.ts';
import type { Shape } from './shape.ts';

/** `tracing`, as Prometheus and Alertmanager both have it, but for the values of its headers. */
export const tracingFields: Record<string, Shape> = {
  client_type: { oneOf: ['grpc', 'http'] },
  endpoint: 'text',
  sampling_fraction: 'number',
  insecure: 'flag',
  tls_config: tls,
  compression: { oneOf: ['', 'gzip'] },
  timeout: 'duration',
};
