import { sigv4 } from '../../cloud-credentials.ts';
import { tls } from '../../http-client.ts';
import { all, eitherOf } from '../../shape.ts';
import type { Fields } from '../../shape.ts';
import { byRequest, orGlobal, texts } from './common.ts';

const email: Fields = {
  fields: {
    send_resolved: 'flag',
    to: 'text',
    from: 'text',
    hello: 'text',
    smarthost: 'address',
    ...texts(
      'auth_username',
      'auth_password',
      'auth_password_file',
      'auth_secret',
      'auth_secret_file',
      'auth_identity',
    ),
    headers: { map: 'text' },
    html: 'text',
    text: 'text',
    require_tls: 'flag',
    tls_config: tls,
    force_implicit_tls: 'flag',
    threading: { fields: { enabled: 'flag', thread_by_date: { oneOf: ['none', 'daily'] } } },
  },
  needs: [...all('to'), orGlobal('smtp', 'smarthost'), orGlobal('smtp', 'from')],
};

const jira: Fields = {
  fields: {
    ...byRequest,
    api_url: 'url',
    api_type: { oneOf: ['auto', 'cloud', 'datacenter'] },
    project: 'text',
    summary: 'any',
    description: 'any',
    labels: { list: 'text' },
    ...texts(
      'priority',
      'issue_type',
      'reopen_transition',
      'resolve_transition',
      'wont_fix_resolution',
    ),
    reopen_duration: 'duration',
    fields: { map: 'any' },
  },
  needs: [...all('project', 'issue_type'), orGlobal('jira', 'api_url')],
};

const sns: Fields = {
  fields: {
    ...byRequest,
    api_url: 'text',
    sigv4: sigv4,
    ...texts('topic_arn', 'phone_number', 'target_arn', 'subject', 'message'),
    attributes: { map: 'text' },
    use_aws_http_client: 'flag',
  },
  needs: [{ oneOf: ['topic_arn', 'phone_number', 'target_arn'] }],
};

const webhook: Fields = {
  fields: {
    ...byRequest,
    url: 'url',
    url_file: 'text',
    max_alerts: 'whole',
    timeout: 'elapsed',
    payload: 'any',
  },
  ...eitherOf('url', 'url_file'),
};

/** Mail, tickets, queues, and whatever takes a request. */
export const others: Readonly<Record<string, Fields>> = { email, jira, sns, webhook };
