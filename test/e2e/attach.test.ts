import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findPromtool } from '../../src/commands/promtool.ts';
import { until } from '../../src/lib/wait.ts';
import { startCli } from '../support/cli.ts';

const dir = mkdtempSync(join(tmpdir(), 'gtv-attach-'));
const signal = new AbortController().signal;
let url = '';
let stop: () => Promise<unknown> = () => Promise.resolve();

const rules = (limit: number): string =>
  `groups: [{name: g, interval: 1s, rules: [{alert: Busy, expr: 'prometheus_ready > ${limit}', labels: {severity: warning}, annotations: {summary: busy}}]}]\n`;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

beforeAll(async () => {
  const fetched = await startCli(['fetch', '--quiet']);
  expect(fetched.exitCode, fetched.stderr).toBe(0);
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  writeFileSync(join(dir, 'rules.yml'), rules(5));
  writeFileSync(
    join(dir, 'prometheus.yml'),
    `global: {scrape_interval: 1s, scrape_timeout: 1s}\nrule_files: [rules.yml]\nscrape_configs: [{job_name: self, static_configs: [{targets: ["127.0.0.1:${port}"]}]}]\n`,
  );
  const program = join(dirname((await findPromtool()) ?? ''), 'prometheus');
  const prometheus = execa(
    program,
    [
      `--config.file=${join(dir, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(dir, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { reject: false, stdio: 'ignore', cleanup: true },
  );
  stop = () => {
    prometheus.kill();
    return prometheus;
  };
  await until(
    async () => {
      const answer = await fetch(`${url}/api/v1/query?query=up==1`);
      return (await answer.text()).includes('"self"') ? true : undefined;
    },
    { what: 'Prometheus has scraped itself', timeoutMs: 60_000, signal },
  );
}, 120_000);

afterAll(async () => {
  await stop();
  rmSync(dir, { recursive: true, force: true });
});

interface Report {
  findings: { id: string; title: string }[];
  asked: { version: string | null }[];
}
const attached = async (): Promise<{ exitCode: number | undefined; report: Report }> => {
  const { exitCode, stdout } = await startCli([
    ...['attach', url, '--stack', dir, '--format', 'json', '--last', '1h', '--quiet'],
  ]);
  return { exitCode, report: JSON.parse(stdout) as Report };
};

it('a real Prometheus that runs what its files say: only that nobody is told', async () => {
  const { exitCode, report } = await attached();
  expect(report.findings.map(({ id }) => id)).toEqual(['live/no-alertmanager']);
  expect([exitCode, report.asked[0]?.version]).toEqual([1, expect.stringMatching(/^3\./)]);
});

it('a file that was changed and not loaded is told, with what runs instead', async () => {
  writeFileSync(join(dir, 'rules.yml'), rules(6));
  try {
    const { report } = await attached();
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        id: 'live/rule-differs',
        title: 'its expression runs as `prometheus_ready > 5`',
      }),
    );
  } finally {
    writeFileSync(join(dir, 'rules.yml'), rules(5));
  }
});

it('a dry run sends nothing, not even where nobody listens', async () => {
  const { exitCode, stdout } = await startCli(['attach', 'http://127.0.0.1:9', '--dry-run']);
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('prometheus /api/v1/rules')]);
});

it('where nobody answers it can’t be judged', async () => {
  const { exitCode, stderr } = await startCli(['attach', 'http://127.0.0.1:9', '--quiet']);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('does not answer')]);
});
