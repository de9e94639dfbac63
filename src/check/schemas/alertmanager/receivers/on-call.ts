import { all } from '../../shape.ts';
import type { Fields } from '../../shape.ts';
import { byRequest, orGlobal, texts } from './common.ts';

const incidentio: Fields = {
  fields: {
    ...byRequest,
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

const responder: Fields = {
  fields: { id: 'text', name: 'text', username: 'text', type: 'filled' },
  needs: [{ oneOf: ['id', 'username', 'name'] }, ...all('type')],
};

const opsgenie: Fields = {
  fields: {
    ...byRequest,
    api_key: 'text',
    api_key_file: 'text',
    api_url: 'url',
    message: 'text',
    description: 'text',
    source: 'text',
    details: { map: 'text' },
    entity: 'text',
    responders: { list: responder, filled: true },
    ...texts('actions', 'tags', 'note', 'priority'),
    update_alerts: 'flag',
  },
  needs: [orGlobal('opsgenie', 'api_key', 'api_key_file')],
  exclusive: [['api_key', 'api_key_file']],
};

const pagerduty: Fields = {
  fields: {
    ...byRequest,
    ...texts('service_key', 'service_key_file', 'routing_key', 'routing_key_file'),
    url: 'url',
    client: 'text',
    client_url: 'text',
    description: 'text',
    details: { map: 'any' },
    images: { list: { fields: { src: 'text', alt: 'text', href: 'text' } } },
    links: { list: { fields: { href: 'text', text: 'text' } } },
    ...texts('source', 'severity', 'class', 'component', 'group'),
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
    ...byRequest,
    ...texts(
      'user_key',
      'user_key_file',
      'token',
      'token_file',
      'title',
      'message',
      'url',
      'url_title',
      'device',
      'sound',
      'priority',
    ),
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
    ['html', 'monospace'],
  ],
};

/** What VictorOps is told in any case. */
const VICTOROPS_OWN = [
  'routing_key',
  'message_type',
  'state_message',
  'entity_display_name',
  'monitoring_tool',
  'entity_id',
  'entity_state',
];

const victorops: Fields = {
  fields: {
    ...byRequest,
    api_key: 'text',
    api_key_file: 'text',
    api_url: 'url',
    ...texts(
      'routing_key',
      'message_type',
      'state_message',
      'entity_display_name',
      'monitoring_tool',
    ),
    custom_fields: { map: 'text', reserved: VICTOROPS_OWN },
  },
  needs: [...all('routing_key'), orGlobal('victorops', 'api_key', 'api_key_file')],
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
