import { sigv4 } from '../../cloud-credentials.ts';
import { httpConfig, tls } from '../../http-client.ts';
import { all, eitherOf } from '../../shape.ts';
import type { Fields } from '../../shape.ts';

const email: Fields = {
  fields: {
    send_resolved: 'flag',
    to: 'text',
    from: 'text',
    hello: 'text',
    smarthost: 'address',
    auth_username: 'text',
    auth_password: 'text',
    auth_password_file: 'text',
    auth_secret: 'text',
    auth_secret_file: 'text',
    auth_identity: 'text',
    headers: { map: 'text' },
    html: 'text',
    text: 'text',
    require_tls: 'flag',
    tls_config: tls,
    force_implicit_tls: 'flag',
    threading: { fields: { enabled: 'flag', thread_by_date: 'text' } },
  },
  needs: [
    ...all('to'),
    { oneOf: ['smarthost'], global: ['smtp_smarthost'] },
    { oneOf: ['from'], global: ['smtp_from'] },
  ],
};

const jira: Fields = {
  fields: {
    send_resolved: 'flag',
    http_config: httpConfig,
    api_url: 'url',
    api_type: { oneOf: ['auto', 'cloud', 'datacenter'] },
    project: 'text',
    summary: 'any',
    description: 'any',
    labels: { list: 'text' },
    priority: 'text',
    issue_type: 'text',
    reopen_transition: 'text',
    resolve_transition: 'text',
    wont_fix_resolution: 'text',
    reopen_duration: 'duration',
    fields: { map: 'any' },
  },
  needs: [...all('project', 'issue_type'), { oneOf: ['api_url'], global: ['jira_api_url'] }],
};

const sns: Fields = {
  fields: {
    send_resolved: 'flag',
    http_config: httpConfig,
    api_url: 'text',
    sigv4: sigv4,
    topic_arn: 'text',
    phone_number: 'text',
    target_arn: 'text',
    subject: 'text',
    message: 'text',
    attributes: { map: 'text' },
    use_aws_http_client: 'flag',
  },
  needs: [{ oneOf: ['topic_arn', 'phone_number', 'target_arn'] }],
};

const webhook: Fields = {
  fields: {
    send_resolved: 'flag',
    http_config: httpConfig,
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
