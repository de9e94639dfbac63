import { expect, it } from 'vitest';
import { parse } from 'yaml';
import type { StackFile } from '../../src/model/spec.ts';
import { observe } from '../../src/plan/observe.ts';
import { mountedWithoutSecrets } from '../../src/plan/secrets/index.ts';

/** Every secret of these files holds this, and nothing else does. */
const CANARY = /CANARY\w*/g;
const PEM = '-----BEGIN RSA PRIVATE KEY-----\nCANARYpem\n-----END RSA PRIVATE KEY-----\n';

const FILES: Record<string, string> = {
  'prometheus/prometheus.yml': `
global: { query_log_file: /root/CANARYlog }
scrape_configs:
  - job_name: api
    scheme: http
    basic_auth: { username: u, password_file: api-password.txt }
    params: { token: [CANARYparam], api-key: [CANARYkey], module: [kept-module] }
    http_headers:
      Authorization: { values: [Bearer CANARYbearer] }
      X-Api-Key: { secrets: [CANARYheader], files: [/etc/prometheus/header.txt] }
      X-Scope-OrgID: { values: [kept-tenant] }
    scrape_failure_log_file: /root/CANARYfailures
    tls_config: { cert_file: client.pem, key_file: client-key.pem, key: CANARYinline }
  - job_name: web
    authorization: { credentials_file: /etc/shadow }
    proxy_connect_header: { Proxy-Authorization: [CANARYproxy] }
  - job_name: found
    consul_sd_configs: [{ server: 'https://u:CANARYconsul@consul:8500' }]
    ovhcloud_sd_configs: [{ application_secret: CANARYapp, consumer_key: CANARYconsumer }]
    oauth2: { client_secret: CANARYclient, token_url: 'https://id/t?api_key=CANARYid&x=kept-x' }
remote_write:
  - { url: 'https://far/write?token=CANARYwrite', headers: { Authorization: CANARYremote } }
`,
  'prometheus/api-password.txt': 'CANARYpassword\n',
  'prometheus/header.txt': 'CANARYheaderfile\n',
  'prometheus/bearer': 'CANARYbearerfile\n',
  'prometheus/client-key.pem': PEM,
  'prometheus/rules': 'groups: [{ name: kept-rules, rules: [] }]\n',
  'prometheus/.env': 'export API_TOKEN=CANARYenv\nLEVEL=kept-level\n',
  'alertmanager/alertmanager.yml': `
global: { slack_api_url: 'https://hooks.slack.com/services/T/B/CANARYslack' }
receivers:
  - name: all
    slack_configs: [{ channel: '#a' }]
    pagerduty_configs: [{ routing_key_file: pagerduty.key }]
    rocketchat_configs: [{ token_id: CANARYid, token: CANARYrocket }]
    email_configs: [{ to: a@x, auth_password: CANARYmail, headers: { X-Token: kept-header } }]
`,
  'alertmanager/pagerduty.key': 'CANARYrouting\n',
  'grafana/grafana.ini':
    '[security]\nadmin_password = CANARYadmin\nsecret_key=CANARYini\nlevel = kept-ini\n',
  'grafana/provisioning/datasources/a.yaml': `
# kept-comment
datasources:
  - name: P
    url: http://u:CANARYsource@prometheus:9090
    basicAuthPassword: CANARYbasic
    secureJsonData: { httpHeaderValue1: CANARYsecure, tlsClientKey: '$__file{/run/kept-file}' }
`,
  'grafana/provisioning/alerting/a.yaml': `
contactPoints:
  - name: team
    receivers:
      - { type: slack, settings: { url: 'https://hooks.slack.com/services/CANARYpoint', token: CANARYtoken } }
      - { type: email, settings: { addresses: kept-address } }
`,
};

function ofRun(): StackFile[] {
  return observe(Object.entries(FILES).map(([path, text]) => ({ path, text }))).files;
}

it('no secret of a stack’s files comes into a run, whatever holds it', () => {
  expect(JSON.stringify(FILES).match(CANARY)?.length).toBeGreaterThan(30);
  expect(JSON.stringify(ofRun()).match(CANARY)).toBeNull();
});

it('what is none stays', () => {
  const kept = JSON.stringify(FILES).match(/kept-[\w]+/g) ?? [];
  const made = JSON.stringify(ofRun());
  expect(kept.length).toBeGreaterThanOrEqual(10);
  for (const word of kept) expect(made).toContain(word);
});

it('a file that holds a secret is one of the run’s own, wherever it lies', () => {
  const files = ofRun();
  const { scrape_configs: jobs } = parse(
    files.find(({ path }) => path === 'prometheus/prometheus.yml')?.text ?? '',
  ) as { scrape_configs: Record<string, Record<string, string>>[] };
  const named = [
    jobs[0]?.['basic_auth']?.['password_file'],
    jobs[1]?.['authorization']?.['credentials_file'],
  ];
  for (const path of named)
    expect(files).toContainEqual({ path: path?.slice('/etc/'.length), text: 'stand-in' });
});

it('of what services mount too', () => {
  const mounted = mountedWithoutSecrets([
    { path: 'app/secrets/token', text: 'CANARY1' },
    { path: 'app/db_password', text: 'CANARY2' },
    { path: 'app/tls.pem', text: PEM },
    { path: 'app/app.env', text: 'DB_PASSWORD=CANARY3\nMODE=kept\n' },
    { path: 'rabbitmq/enabled_plugins', text: '[rabbitmq_prometheus].' },
  ]);
  expect(JSON.stringify(mounted)).not.toContain('CANARY');
  expect(mounted[3]?.text).toContain('MODE=kept');
  expect(mounted[4]?.text).toBe('[rabbitmq_prometheus].');
});
