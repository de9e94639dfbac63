import { expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { alertmanagerFile } from '../../src/prove/plan/alertmanager-file.ts';
import { plainMap } from '../../src/prove/plan/plain.ts';
import { prometheusFile } from '../../src/prove/plan/prometheus-file.ts';
import { observeReceivers } from '../../src/receivers/observe.ts';
import { readStack } from '../../src/stack/index.ts';
import type { Value } from '../../src/stack/source/value.ts';

/** Every field that Alertmanager documents as a secret holds this, and more behind it. */
const CANARY = /CANARY\w*/g;

const HTTP = `http_config:
          basic_auth: { username: u, password: CANARYbasic }
          http_headers: { X-Key: { secrets: [CANARYheader, CANARYother] } }
          tls_config: { ca: CANARYca, cert: CANARYcert, key: CANARYkey }
          proxy_url: http://u:CANARYproxy@proxy:3128`;
const ALERTMANAGER = `
global:
  slack_api_url: https://hooks.slack.com/services/T0/B0/CANARYglobal
  smtp_smarthost: mail:587
  smtp_auth_username: u
  smtp_auth_password: CANARYsmtp
  smtp_auth_secret: CANARYcram
  opsgenie_api_key: CANARYopsgenie
  victorops_api_key: CANARYvictorops
  wechat_api_secret: CANARYwechat
  telegram_bot_token: CANARYtelegram
  mattermost_webhook_url: https://chat.example.com/hooks/CANARYmattermost
  http_config: { authorization: { credentials: CANARYbearer } }
route: { receiver: all }
receivers:
  - name: all
    slack_configs:
      - api_url: https://hooks.slack.com/services/T0/B0/CANARYslack
        ${HTTP}
      - api_url: https://slack.com/api/chat.postMessage
        app_token: CANARYapp
    email_configs:
      - { to: a@example.com, auth_password: CANARYmail, auth_secret: CANARYmailsecret }
    pagerduty_configs:
      - { routing_key: CANARYrouting }
      - { service_key: CANARYservice }
    opsgenie_configs: [{ api_key: CANARYgenie, api_url: 'https://u:CANARYlogin@genie.example.com/' }]
    victorops_configs: [{ api_key: CANARYvictor, routing_key: night-shift }]
    wechat_configs: [{ api_secret: CANARYchat, corp_id: c }]
    pushover_configs: [{ user_key: CANARYuser, token: CANARYpush }]
    telegram_configs: [{ bot_token: CANARYbot, chat_id: -1 }]
    discord_configs: [{ webhook_url: 'https://discord.com/api/webhooks/1/CANARYdiscord' }]
    msteams_configs: [{ webhook_url: 'https://x.webhook.office.com/CANARYteams' }]
    msteamsv2_configs: [{ webhook_url: 'https://x.logic.azure.com/CANARYteams2?sig=CANARYsig' }]
    webhook_configs:
      - url: https://hooks.example.com/CANARYpath?token=CANARYquery
        http_config: { oauth2: { client_id: i, client_secret: CANARYclient, token_url: 'https://x/t' } }
      - url: http://plain/
    sns_configs:
      - { topic_arn: 'arn:aws:sns:eu-west-1:1:t', sigv4: { region: eu-west-1, access_key: CANARYaccess, secret_key: CANARYsecret } }
`;

const PROMETHEUS = `
scrape_configs:
  - job_name: api
    basic_auth: { username: u, password: CANARYpassword }
    http_headers:
      X-Key: { secrets: [CANARYheader], files: [/root/CANARYfile] }
      Authorization: { values: [CANARYvalue] }
    params: { token: [CANARYparam] }
    scrape_failure_log_file: /root/CANARYlog
    static_configs: [{ targets: ['api:80'] }]
  - job_name: web
    authorization: { credentials: CANARYbearer }
    static_configs: [{ targets: ['web:80'] }]
  - job_name: old
    bearer_token: CANARYold
    static_configs: [{ targets: ['old:80'] }]
  - job_name: found
    consul_sd_configs: [{ server: 'consul:8500', token: CANARYconsul }]
remote_write: [{ url: 'https://u:CANARYurl@far.example.com/write' }]
`;

const stack = readStack(
  Object.entries({ 'alertmanager.yml': ALERTMANAGER, 'prometheus.yml': PROMETHEUS }).map(
    ([path, text]) => ({ path, text }),
  ),
);

it('no secret of an alertmanager.yml comes into a run, and all of it goes on leading where it led', () => {
  const [alertmanager] = stack.alertmanagers;
  const made = alertmanagerFile({ alertmanager, templates: [] }, 60);
  expect(ALERTMANAGER.match(CANARY)?.length).toBeGreaterThan(30);
  expect(JSON.stringify(made)).not.toContain('CANARY');
  expect(made?.receivers.endpoints.map(({ host }) => host)).toEqual(
    expect.arrayContaining(['hooks.slack.com', 'slack.com', 'discord.com', 'genie.example.com']),
  );
  const text = made?.files.find(({ path }) => path === 'alertmanager/alertmanager.yml')?.text;
  expect(text).toContain('https://slack.com/api/chat.postMessage');
  expect(text).toContain('url: http://plain/');
  expect(text).toContain('night-shift');
});

it('no secret of a prometheus.yml comes into a run', () => {
  const jobs = ['api', 'web', 'old', 'found'].map((name) => ({
    name,
    config: plainMap(
      stack.prometheus[0]?.root
        .get('scrape_configs')
        .items()
        .find((job) => job.get('job_name').text() === name) as Value,
    ),
    targets: [],
    isMadeUp: false,
    droppedBy: undefined,
  }));
  const made = prometheusFile({ prometheus: stack.prometheus[0] }, jobs, 60, true);
  expect(JSON.stringify(made)).not.toContain('CANARY');
  expect(JSON.stringify(made)).toContain('stand-in');
});

it('each secret has its own word, the same one wherever it stands', () => {
  const document = parseDocument(`
receivers:
  - name: a
    pagerduty_configs: [{ routing_key: one }, { routing_key: two }, { routing_key: one }]
`);
  observeReceivers(document, 'http://facts/');
  const keys = [0, 1, 2].map((at) =>
    document.getIn(['receivers', 0, 'pagerduty_configs', at, 'routing_key']),
  );
  expect(keys).toEqual(['stand-in-1', 'stand-in-2', 'stand-in-1']);
});
