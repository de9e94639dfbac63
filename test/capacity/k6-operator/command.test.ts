import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildBackend } from '../../../fake-services/backend.ts';
import { segments } from '../../../src/capacity/k6-operator/segments.ts';
import { defaultCacheDir, ensureCache } from '../../../src/programs/index.ts';
import { startCli } from '../../support/cli.ts';
import { segmentArguments } from '../../support/segment-arguments.ts';

const backend = buildBackend();
const dir = mkdtempSync(join(tmpdir(), 'gtv-distributed-'));
const log = join(dir, 'parts.log');
const PARTS = 3;

beforeAll(async () => {
  await backend.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await backend.close();
  rmSync(dir, { recursive: true });
});

it('writes a load that k6 runs as it lies there, and adds its parts up from their logs', async () => {
  const url = `http://127.0.0.1:${(backend.server.address() as AddressInfo).port}/`;
  const written = await startCli([
    'capacity',
    '--engine',
    'k6-operator',
    '--out',
    dir,
    '--rate',
    '200',
    '--for',
    '2s',
    '--parts',
    String(PARTS),
    '--service',
    `backend=${url}`,
  ]);
  expect(written.exitCode).toBe(0);
  expect(written.stdout).toContain(`npm run capacity -- --add-up ${log}`);
  const { k6 } = await ensureCache({
    cacheDir: defaultCacheDir(),
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
  const done = await Promise.all(
    segments(PARTS).map((segment) =>
      execa(k6, [
        'run',
        '--quiet',
        '--no-usage-report',
        '--address',
        '',
        ...segmentArguments(segment),
        join(dir, 'scenario.js'),
      ]),
    ),
  );
  writeFileSync(log, done.map(({ stdout }) => `${stdout}\n`).join(''));
  const added = await startCli(['capacity', '--add-up', log]);
  expect(added.stdout).toContain('3 parts, 400 requests sent');
  expect(added.stdout).toContain('✓ exact');
  expect(added.exitCode).toBe(0);
  writeFileSync(log, readFileSync(log, 'utf8').split('\n').slice(1).join('\n'));
  const incomplete = await startCli(['capacity', '--add-up', log]);
  expect(incomplete.exitCode).toBe(2);
  expect(incomplete.stderr).toContain('the account of 0:1/3 is missing');
}, 90_000);

it('says all that is missing, and starts nothing', async () => {
  const { exitCode, stderr } = await startCli([
    'capacity',
    '--engine',
    'k6-operator',
    '--rate',
    '200',
  ]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('needs --out DIR, --service NAME=URL');
  const wrong = await startCli([
    'capacity',
    '--engine',
    'k6-operator',
    '--service',
    'backnd=http://backend',
  ]);
  expect(wrong.exitCode).toBe(2);
  expect(wrong.stderr).toContain('Expected NAME=URL, with a name of backend, streaming, ai');
}, 30_000);
