import { describe, expect, it } from 'vitest';
import { endpointsOf } from '../../src/receivers/addresses.ts';
import { httpKinds } from '../../src/receivers/registry.ts';
import type { ReceivedRequest, ReceiverKind } from '../../src/receivers/receiver.ts';

const kindOf = (name: string): ReceiverKind => {
  const found = httpKinds({ resolve: ['Done'], reopen: ['Open'] }).find(
    ({ kind }) => kind === name,
  );
  if (!found) throw new Error(`no kind ${name}`);
  return found;
};
const post = (path: string, body: unknown, method = 'POST'): ReceivedRequest => ({
  method,
  path,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('what each service answers, and what people read', () => {
  it.each([
    [
      'slack',
      post('/services/T/B/X', { channel: '#ops', text: 'Disk full' }),
      200,
      '#ops',
      'Disk full',
    ],
    [
      'slack',
      post('/api/chat.postMessage', { channel: '#ops', text: 'Disk full' }),
      200,
      '#ops',
      'Disk full',
    ],
    [
      'pagerduty',
      post('/v2/enqueue', { routing_key: 'k', payload: { summary: 'Disk full' } }),
      202,
      'k',
      'Disk full',
    ],
    ['opsgenie', post('/v2/alerts', { message: 'Disk full' }), 202, '/v2/alerts', 'Disk full'],
    [
      'discord',
      post('/api/webhooks/1/2', { embeds: [{ title: 'Disk full' }] }),
      204,
      '',
      'Disk full',
    ],
    ['msteams', post('/webhook', { title: 'Disk full' }), 200, '', 'Disk full'],
    [
      'msteamsv2',
      post('/workflow', { attachments: [{ text: 'Disk full' }] }),
      202,
      '',
      'Disk full',
    ],
    [
      'telegram',
      post('/bot1/sendMessage', { chat_id: '5', text: 'Disk full' }),
      200,
      '5',
      'Disk full',
    ],
    ['webex', post('/v1/messages', { roomId: 'r', markdown: 'Disk full' }), 200, 'r', 'Disk full'],
    ['sns', post('/', 'Action=Publish&TopicArn=arn&Subject=Disk&Message=full'), 200, 'arn', 'Disk'],
    ['pushover', post('/1/messages.json?user=u&title=Disk+full', ''), 200, 'u', 'Disk full'],
    [
      'victorops',
      post('/alert/key/team', { state_message: 'Disk full' }),
      200,
      'team',
      'Disk full',
    ],
    [
      'jira',
      post('/rest/api/2/issue', { fields: { project: { key: 'OPS' }, summary: 'Disk full' } }),
      201,
      'OPS',
      'Disk full',
    ],
    [
      'rocketchat',
      post('/api/v1/chat.postMessage', { channel: '#ops', text: 'Disk full' }),
      200,
      '#ops',
      'Disk full',
    ],
    [
      'wechat',
      post('/cgi-bin/message/send', { touser: 'me', text: { content: 'Disk full' } }),
      200,
      'me',
      'Disk full',
    ],
    [
      'incidentio',
      post('/v2/alert_events/http/1', { title: 'Disk full' }),
      202,
      '/v2/alert_events/http/1',
      'Disk full',
    ],
    [
      'mattermost',
      post('/hooks/1', { channel: 'ops', text: 'Disk full' }),
      200,
      'ops',
      'Disk full',
    ],
    [
      'webhook',
      post('/hook', { alerts: [{ annotations: { summary: 'Disk full' } }] }),
      200,
      '/hook',
      'Disk full',
    ],
  ] as const)('%s', (name, request, status, to, text) => {
    const kind = kindOf(name);
    expect(kind.answer(request).status).toBe(status);
    const message = kind.read(request);
    expect(message?.to).toBe(to);
    expect(message?.text).toContain(text);
  });

  it('a WeChat token and a Jira search are no messages', () => {
    expect(kindOf('wechat').read(post('/cgi-bin/gettoken?corpid=c', '', 'GET'))).toBeUndefined();
    expect(kindOf('jira').read(post('/rest/api/2/search', { jql: '' }))).toBeUndefined();
  });

  it('Jira remembers an issue by its label, and that a transition has closed it', () => {
    const jira = kindOf('jira');
    const search = post('/rest/api/2/search', {
      jql: 'statusCategory != Done and project="OPS" and labels="ALERT{1}"',
    });
    const issues = (): unknown[] =>
      (JSON.parse(jira.answer(search).body) as { issues: unknown[] }).issues;
    expect(issues()).toHaveLength(0);
    jira.answer(post('/rest/api/2/issue', { fields: { labels: ['ALERT{1}'] } }));
    expect(issues()).toHaveLength(1);
    jira.answer(post('/rest/api/2/issue/RUN-1/transitions', { transition: { id: '0' } }));
    expect(issues()).toHaveLength(0);
  });

  it('a payload that is no JSON is an error, not an empty message', () => {
    expect(() => kindOf('slack').read(post('/x', 'hello'))).toThrow(SyntaxError);
  });
});

describe('whom an integration calls', () => {
  it.each([
    [
      'slack',
      {},
      { slack_api_url: 'https://hooks.slack.com/services/x' },
      'https hooks.slack.com 443',
    ],
    ['pagerduty', { routing_key: 'k' }, {}, 'https events.pagerduty.com 443'],
    ['webhook', { url: 'http://bridge:8080/x?y' }, {}, 'http bridge 8080'],
    ['webhook', { url: 'https://bridge/{{ .GroupLabels.team }}' }, {}, 'https bridge 443'],
    ['sns', { sigv4: { region: 'eu-west-1' } }, {}, 'https sns.eu-west-1.amazonaws.com 443'],
    ['email', {}, { smtp_smarthost: 'mail:587' }, 'smtp mail 587'],
    ['email', { smarthost: 'mail:465' }, {}, 'smtps mail 465'],
    ['email', { smarthost: '[::1]:25' }, {}, 'smtp ::1 25'],
    ['webhook', { url: 'http://[fd00::1]:80/' }, {}, 'http fd00::1 80'],
    ['telegram', { api_url: 'https://bots.example' }, {}, 'https bots.example 443'],
    [
      'webhook',
      { url: 'http://a/', http_config: { oauth2: { token_url: 'https://login/t' } } },
      {},
      'https login 443',
    ],
  ])('%s %j %j', (kind, integration, global, expected) => {
    const found = endpointsOf(kind, integration, global);
    expect(found.map(({ protocol, host, port }) => `${protocol} ${host} ${port}`)).toContain(
      expected,
    );
  });
});
