import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { PROJECT } from '../support/cases.ts';
import { verify } from '../support/cli.ts';
import { filesWith } from '../support/filed.ts';

const WITHIN_MS = 600_000;

/** What is put into each file of the small stack, or is a new file there. */
const SECRETS: [file: string, find: string, put: string][] = [
  [
    'prometheus/prometheus.yml',
    '  - job_name: redis\n',
    `  - job_name: redis
    basic_auth: { username: u, password: CANARY-password }
    params: { token: [CANARY-param] }
    http_headers: { X-Api-Key: { values: [CANARY-header] } }
`,
  ],
  [
    'prometheus/prometheus.yml',
    '  - job_name: alertmanager\n',
    '  - job_name: alertmanager\n    authorization: { credentials_file: bearer }\n',
  ],
  [
    'prometheus/prometheus.yml',
    'scrape_configs:',
    'remote_write: [{ url: "https://u:CANARY-login@far.example/w" }]\nscrape_configs:',
  ],
  [
    'alertmanager/alertmanager.yml',
    'http://team.example/alerts',
    'http://team.example/CANARY-path',
  ],
  [
    'alertmanager/alertmanager.yml',
    'route:',
    `global:
  slack_api_url: https://hooks.slack.com/services/T/B/CANARY-slack
  smtp_smarthost: mail.example:587
  smtp_auth_username: u
  smtp_auth_password: CANARY-smtp
route:`,
  ],
];

it(
  'of a stack’s secrets none is in a run’s folder, its logs, its report, or what it says',
  { timeout: WITHIN_MS },
  async () => {
    const stack = mkdtempSync(join(tmpdir(), 'gtv-canaries-'));
    onTestFinished(() => rmSync(stack, { recursive: true }));
    cpSync(join(PROJECT, 'test/stacks/cache'), stack, { recursive: true });
    for (const [file, find, put] of SECRETS) {
      const text = readFileSync(join(stack, file), 'utf8');
      expect(text).toContain(find);
      writeFileSync(join(stack, file), text.replace(find, put));
    }
    writeFileSync(join(stack, 'prometheus', 'bearer'), 'CANARY-bearer\n');
    expect(filesWith('CANARY', stack)).toHaveLength(3);
    // The process list is looked at beside every whole run.
    const { runDir, output, report } = await verify([
      ...['--stack', stack, '--only', 'alert/TargetDown/redis'],
    ]);
    expect(report.verdicts.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
    expect(filesWith('stand-in', runDir)).not.toEqual([]);
    expect(filesWith('CANARY', runDir)).toEqual([]);
    expect(output).not.toContain('CANARY');
  },
);
