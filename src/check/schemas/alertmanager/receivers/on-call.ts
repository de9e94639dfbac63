import { httpConfig } from '../../http-client.ts';
import { all } from '../../shape.ts';
import type { Fields } from '../../shape.ts';

const incidentio: Fields = {
  fields: {
    send_resolved: 'flag',
    http_config: httpConfig,
    url: 'url',
    url_file: 'text',
    alert_source_token: 'text',
    alert_source_token_file: 'text',
    max_alerts: 'whole',
    timeout: 'elapsed',
    metadata: { map: 'text' },
  },
  needs: [{ oneOf: ['url', 'url_file'] }],
  exclusive: [
    ['url', 'url_file'],
    ['alert_source_token', 'alert_source_token_file'],
  ],
};

const opsgenie: Fields = {
  fields: {
    send_resolved: 'flag',
    http_config: httpConfig,
    api_key: 'text',
    api_key_file: 'text',
    api_url: 'url',
    message: 'text',
    description: 'text',
    source: 'text',
    details: { map: 'text' },
    entity: 'text',
    responders: { list: { fields: { id: 'text', name: 'text', username: 'text', type: 'text' } } },
    actions: 'text',
    tags: 'text',
    note: 'text',
    priority: 'text',
    update_alerts: 'flag',
  },
  needs: [
    { oneOf: ['api_key', 'api_key_file'], global: ['opsgenie_api_key', 'opsgenie_api_key_file'] },
  ],
  exclusive: [['api_key', 'api_key_file']],
};

const pagerduty: Fields = {
  fields: {
    send_resolved: 'flag',
    http_config: httpConfig,
    service_key: 'text',
    service_key_file: 'text',
    routing_key: 'text',
    routing_key_file: 'text',
    url: 'url',
    client: 'text',
    client_url: 'text',
    description: 'text',
    details: { map: 'any' },
    images: { list: { fields: { src: 'text', alt: 'text', href: 'text' } } },
    links: { list: { fields: { href: 'text', text: 'text' } } },
    source: 'text',
    severity: 'text',
    class: 'text',
    component: 'text',
    group: 'text',
    timeout: 'elapsed',
  },
  needs: [{ oneOf: ['routing_key', 'routing_key_file', 'service_key', 'service_key_file'] }],
  exclusive: [
    ['routing_key', 'routing_key_file'],
    ['service_key', 'service_key_file'],
  ],
};

const pushover: Fields = {
  fields: {
    send_resolved: 'flag',
    http_config: httpConfig,
    user_key: 'text',
    user_key_file: 'text',
    token: 'text',
    token_file: 'text',
    title: 'text',
    message: 'text',
    url: 'text',
    url_title: 'text',
    device: 'text',
    sound: 'text',
    priority: 'text',
    retry: 'elapsed',
    expire: 'elapsed',
    ttl: 'elapsed',
    html: 'flag',
    monospace: 'flag',
  },
  needs: [{ oneOf: ['user_key', 'user_key_file'] }, { oneOf: ['token', 'token_file'] }],
  exclusive: [
    ['user_key', 'user_key_file'],
    ['token', 'token_file'],
  ],
};

const victorops: Fields = {
  fields: {
    send_resolved: 'flag',
    http_config: httpConfig,
    api_key: 'text',
    api_key_file: 'text',
    api_url: 'url',
    routing_key: 'text',
    message_type: 'text',
    state_message: 'text',
    entity_display_name: 'text',
    monitoring_tool: 'text',
    custom_fields: { map: 'text' },
  },
  needs: [
    ...all('routing_key'),
    { oneOf: ['api_key', 'api_key_file'], global: ['victorops_api_key', 'victorops_api_key_file'] },
  ],
  exclusive: [['api_key', 'api_key_file']],
};

/** Services that wake people. */
export const onCall: Readonly<Record<string, Fields>> = {
  incidentio,
  opsgenie,
  pagerduty,
  pushover,
  victorops,
};
