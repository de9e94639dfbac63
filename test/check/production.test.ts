import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROJECT } from '../support/cases.ts';
import { startCli } from '../support/cli.ts';

/** The lines that the page gives, as somebody would run them who has a domain. */
function linesOfPage(): string {
  const page = readFileSync(join(PROJECT, 'docs/production.md'), 'utf8');
  const block = /```sh\n(.*?)```/s.exec(page)?.[1] ?? '';
  expect(block.trim().split('\n')).toHaveLength(2);
  return block.replaceAll('your-domain', 'acme.net');
}

const SECRETS: Record<string, string> = {
  'secrets/grafana_admin_password': 'a-long-word',
  'secrets/postgres_password': 'a-long-word',
  'secrets/rabbitmq_login': 'default_user = shop\ndefault_pass = a-long-word\n',
  'secrets/minio_user': 'shop',
  'secrets/minio_password': 'a-long-word',
  'alertmanager/secrets/slack_api_url': 'https://hooks.slack.com/services/T1/B1/word',
  'alertmanager/secrets/smtp_password': 'a-long-word',
  'alertmanager/secrets/watchdog_url': 'https://watch.acme.net/ping',
};

/** What the page's table asks of the compose file. */
function madeReady(compose: string): string {
  return compose
    .replace('30d\n', '30d\n      - --web.external-url=https://prometheus.acme.net\n')
    .replace('listen-address=]', 'listen-address=, --web.external-url=https://am.acme.net]')
    .replace('      GF_USERS', '      GF_SERVER_ROOT_URL: https://grafana.acme.net\n      GF_USERS')
    .replace(/image: gtvision\/(\w+):.*\n +build: .*/g, 'image: registry.acme.net/$1:4.2.0')
    .replace(/^ {2}(\w+-data):$/gm, '  $1: { external: true }');
}

it('a copy that is made ready as the page says has nothing of the example any more', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'gtv-production-'));
  const stack = join(dir, 'stack');
  try {
    cpSync(join(PROJECT, 'stack'), stack, { recursive: true });
    execFileSync('sh', ['-ec', linesOfPage()], { cwd: dir });
    const compose = join(stack, 'compose.yaml');
    writeFileSync(compose, madeReady(readFileSync(compose, 'utf8')));
    for (const [path, text] of Object.entries(SECRETS)) {
      writeFileSync(join(stack, path), text);
      chmodSync(join(stack, path), 0o644);
    }
    const { exitCode, stdout } = await startCli(['check', stack, '--production']);
    expect(stdout).toContain('nothing wrong');
    expect(exitCode).toBe(0);
  } finally {
    rmSync(dir, { recursive: true });
  }
}, 60_000);
