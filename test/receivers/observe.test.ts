import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { observeReceivers } from '../../src/receivers/observe.ts';

const observe = (text: string) => {
  const document = parseDocument(text);
  const observed = observeReceivers(document, 'http://facts/');
  return { observed, config: document.toJS() as { receivers: Record<string, unknown>[] } };
};

describe('receivers of a run', () => {
  it('have a webhook for facts beside them, and say which integration sends', () => {
    const { observed, config } = observe(`
receivers:
  - name: team
    slack_configs: [{api_url: 'https://hooks.slack.com/x'}]
    email_configs: [{to: a@b, smarthost: 'mail:587'}]
  - name: nobody
`);
    expect(observed.receivers).toEqual(['team', 'nobody']);
    expect(
      observed.integrations.map(({ id, kind, sendsResolved }) => [id, kind, sendsResolved]),
    ).toEqual([
      ['0/0', 'slack', false],
      ['0/1', 'email', false],
    ]);
    const [team, nobody] = config.receivers;
    expect(team).toMatchObject({
      slack_configs: [
        { http_config: { http_headers: { 'X-Gtv-Integration': { values: ['0/0'] } } } },
      ],
      email_configs: [{ headers: { 'X-Gtv-Integration': '0/1' } }],
      webhook_configs: [{ url: 'http://facts/0', send_resolved: true }],
    });
    expect(nobody).toMatchObject({ webhook_configs: [{ url: 'http://facts/1' }] });
  });

  it('keep the global http_config where they have none of their own', () => {
    const { config } = observe(`
global: {http_config: {basic_auth: {username: u, password: p}}}
receivers: [{name: a, webhook_configs: [{url: 'http://x/'}]}]
`);
    expect(config.receivers[0]).toMatchObject({
      webhook_configs: [{ http_config: { basic_auth: { username: 'u' } } }, {}],
    });
  });

  it('read secrets from files of the run, whatever their depth, and go over no proxy', () => {
    const { observed, config } = observe(`
global: {slack_api_url_file: /run/secrets/slack}
receivers:
  - name: a
    slack_configs: [{http_config: {proxy_url: 'http://proxy:3128', tls_config: {ca_file: ca.pem}}}]
    telegram_configs: [{bot_token_file: t, chat_id_file: c}]
`);
    const contents = observed.files.map(({ content }) => content);
    expect(contents).toEqual([
      { text: 'https://slack.stand-in.example/services/run' },
      { pem: 'cert' },
      { text: 'stand-in' },
      { text: '-1000000001' },
    ]);
    expect(JSON.stringify(config)).not.toContain('proxy');
    expect(observed.endpoints).toContainEqual({
      host: 'slack.stand-in.example',
      port: 443,
      protocol: 'https',
    });
  });

  it('stand in for what a tool fills in, and leave texts with a dollar sign alone', () => {
    const { config, observed } = observe(`
receivers:
  - name: a
    slack_configs: [{api_url: '\${SLACK_URL}', title: 'costs $5'}]
    telegram_configs: [{bot_token: t, chat_id: '\${CHAT}'}]
`);
    expect(config.receivers[0]).toMatchObject({
      slack_configs: [
        { api_url: 'https://slack.stand-in.example/services/run', title: 'costs $5' },
      ],
      telegram_configs: [{ chat_id: -1000000001 }],
    });
    expect(observed.notes.join()).toContain('SLACK_URL');
  });
});
