import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { observe } from '../../src/plan/observe.ts';

const ALERTMANAGER = `
global: { http_config: { proxy_url: http://proxy } }
route: { receiver: team }
receivers:
  - name: team # whom we wake
    slack_configs:
      - { channel: "#a", send_resolved: true }
      - { channel: "#b" }
    pagerduty_configs:
      - { routing_key: x }
    webhook_configs: &hooks
      - { url: http://elsewhere }
  - name: mail
    email_configs: [{ to: "a@x,b@x", send_resolved: true }]
    webhook_configs: *hooks
  - name: nobody
`;
const PROMETHEUS = `
alerting:
  alertmanagers:
    - static_configs: [{ targets: ["alertmanager:9093"] }]
`;
interface Hook {
  url?: string;
  url_file?: string;
  send_resolved?: boolean;
  http_config?: unknown;
}
const textOf = (path: string, text: string): string =>
  observe([{ path, text }]).files[0]?.text ?? '';
const receivers = (): { name: string; webhook_configs: Hook[] }[] =>
  (
    parse(textOf('alertmanager/alertmanager.yml', ALERTMANAGER), { merge: true }) as {
      receivers: { name: string; webhook_configs: Hook[] }[];
    }
  ).receivers;
const ours = (name: string): Hook[] =>
  receivers()
    .find((r) => r.name === name)
    ?.webhook_configs.filter(({ url }) => url?.startsWith('http://observer:8080/')) ?? [];

it('beside each integration of whatever kind stands a webhook that tells of ends as it does', () => {
  expect(ours('team').map((hook) => hook.send_resolved)).toEqual([true, false, true, true]);
  expect(ours('mail').map((hook) => hook.send_resolved)).toEqual([true, true]);
  expect(ours('nobody').map((hook) => hook.send_resolved)).toEqual([true]);
});

it('the plan knows each by its path, with whom it tells', () => {
  const path = 'alertmanager/alertmanager.yml';
  expect(observe([{ path, text: ALERTMANAGER }]).integrations).toEqual([
    { path: '/notified/0', receiver: 'team', kind: 'slack', to: '#a' },
    { path: '/notified/1', receiver: 'team', kind: 'slack', to: '#b' },
    { path: '/notified/2', receiver: 'team', kind: 'pagerduty', to: null },
    { path: '/notified/3', receiver: 'team', kind: 'webhook', to: null },
    { path: '/notified/4', receiver: 'mail', kind: 'email', to: 'a@x, b@x' },
    { path: '/notified/5', receiver: 'mail', kind: 'webhook', to: null },
    { path: '/notified/6', receiver: 'nobody', kind: null, to: null },
  ]);
});

it("goes past the stack's own proxies, and leaves the stack's own webhooks beside it", () => {
  expect(ours('team').every((hook) => hook.http_config !== undefined)).toBe(true);
  expect(receivers()[0]?.webhook_configs[0]).toEqual({
    url_file: '/etc/alertmanager/secrets/watchdog_url',
  });
  expect(textOf('alertmanager/alertmanager.yml', ALERTMANAGER)).toContain('# whom we wake');
});

it('Prometheus pushes to one Alertmanager more; where it pushes to none, to none', () => {
  const { alerting } = parse(textOf('prometheus/prometheus.yml', PROMETHEUS)) as {
    alerting: { alertmanagers: unknown[] };
  };
  expect(alerting.alertmanagers).toEqual([
    { static_configs: [{ targets: ['alertmanager:9093'] }] },
    { static_configs: [{ targets: ['observer:8080'] }] },
  ]);
  expect(textOf('prometheus/prometheus.yml', 'global: {}\n')).not.toContain('observer');
});

const CANARY = `
global:
  slack_api_url: https://hooks.slack.com/services/T0/CANARY1
  smtp_smarthost: mail.example.com:465
  smtp_force_implicit_tls: true
  smtp_auth_username: bot
  smtp_auth_password: CANARY2
  http_config: { proxy_url: 'http://u:CANARY3@proxy', authorization: { credentials: CANARY4 } }
route: { receiver: team, matchers: [token="kept"] }
receivers:
  - name: team
    slack_configs: [{ api_url: 'https://hooks.slack.com/services/T0/CANARY5', channel: '#a' }]
    email_configs: [{ to: a@x, auth_password: CANARY6, tls_config: { cert: CANARY7, key: CANARY8 } }]
    webhook_configs:
      - { url: 'https://hooks.example.com/x?sig=CANARY9' }
      - { url_file: /run/secrets/hook }
      - { url: http://deadman/CANARY11 }
    pagerduty_configs: [{ routing_key: CANARY10 }]
`;

it('who is told by mail, Slack or webhook is told by the run’s own servers, wherever production leads', () => {
  const { global, receivers: all } = parse(textOf('alertmanager/alertmanager.yml', CANARY)) as {
    global: unknown;
    receivers: Record<string, unknown[]>[];
  };
  const secrets = '/etc/alertmanager/secrets';
  expect(global).toEqual({
    slack_api_url_file: `${secrets}/slack_api_url`,
    smtp_smarthost: 'smtp:587',
    smtp_auth_username: 'bot',
    smtp_auth_password_file: `${secrets}/smtp_password`,
  });
  expect(all[0]?.['slack_configs']).toEqual([
    { channel: '#a', api_url_file: `${secrets}/slack_api_url` },
  ]);
  expect(all[0]?.['email_configs']).toEqual([
    { to: 'a@x', auth_password_file: `${secrets}/smtp_password` },
  ]);
  expect(all[0]?.['webhook_configs']?.slice(0, 3)).toEqual([
    { url_file: `${secrets}/watchdog_url` },
    { url_file: `${secrets}/watchdog_url` },
    { url_file: `${secrets}/watchdog_url` },
  ]);
});

it('a relay that asks nobody for a login gets the run’s own; a login without its password is left wrong', () => {
  const mails = (global: string): unknown => {
    const text = `
global: { smtp_smarthost: 'relay:25'${global} }
receivers: [{ name: team, email_configs: [{ to: a@x, require_tls: false }] }]
`;
    const made = parse(textOf('alertmanager/alertmanager.yml', text)) as {
      receivers: { email_configs: unknown }[];
    };
    return made.receivers[0]?.email_configs;
  };
  expect(mails('')).toEqual([
    {
      ...{ to: 'a@x', require_tls: true, auth_username: 'alertmanager' },
      auth_password_file: '/etc/alertmanager/secrets/smtp_password',
    },
  ]);
  expect(mails(', smtp_auth_username: bot')).toEqual([{ to: 'a@x', require_tls: false }]);
});

it('no secret that stands in a file comes into a run', () => {
  expect(textOf('alertmanager/alertmanager.yml', CANARY)).not.toContain('CANARY');
  const prometheus = textOf(
    'prometheus/prometheus.yml',
    `
scrape_configs:
  - job_name: api
    basic_auth: { username: u, password: CANARY1 }
    http_headers: { X-Key: { secrets: [CANARY2] } }
    relabel_configs: [{ target_label: token, replacement: kept }]
remote_write: [{ url: 'https://u:CANARY3@far.example.com/write' }]
`,
  );
  expect(prometheus).not.toContain('CANARY');
  expect(prometheus).toContain('target_label: token');
});
