import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { PROJECT } from '../support/cases.ts';
import { startCli } from '../support/cli.ts';
import { pythonPackages, withService } from '../support/service.ts';

const APP = join(PROJECT, 'test/conform/fastapi');
/** Pinned: what somebody would have installed. */
const PACKAGES = ['fastapi==0.115.6', 'uvicorn==0.34.0', 'prometheus-client==0.21.1'];
const SLOW_MS = 180_000;
let site: string;

beforeAll(async () => {
  site = await pythonPackages(PACKAGES);
}, SLOW_MS);

interface Conformed {
  exitCode: number | undefined;
  ids: string[];
  titles: string[];
  advice: string[];
}

/** Starts the app, wrong in one way or not at all, and holds it against its contract. */
async function conformed(wrong: string, workers = 1, multiprocess = false): Promise<Conformed> {
  const dir = mkdtempSync(join(tmpdir(), 'gtv-multiprocess-'));
  const command = (port: number): [string, ...string[]] => [
    ...(['python3', '-m', 'uvicorn', 'app:app', '--host', '127.0.0.1'] as const),
    ...['--port', String(port), '--workers', String(workers), '--log-level', 'critical'],
  ];
  const env = {
    PYTHONPATH: site,
    PYTHONDONTWRITEBYTECODE: '1',
    WRONG: wrong,
    ...(multiprocess ? { PROMETHEUS_MULTIPROC_DIR: dir } : {}),
  };
  try {
    return await withService(command, { cwd: APP, env, path: '/openapi.json' }, async (url) => {
      const { exitCode, stdout } = await startCli([
        ...['conform', url, '--as', 'shop', '--stack', APP, '--format', 'json', '--quiet'],
        // Thousands only where thousands could show another thing.
        ...(wrong === '' && workers === 1 ? [] : ['--probes', '400']),
      ]);
      const { findings, advice } = JSON.parse(stdout) as Record<
        'findings' | 'advice',
        { id: string; title: string }[]
      >;
      return {
        exitCode,
        ids: [...new Set(findings.map(({ id }) => id))],
        titles: findings.map(({ title }) => title),
        advice: advice.map(({ id }) => id),
      };
    });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

describe.concurrent('a service in Python, as somebody would write it', () => {
  it('that is right keeps its contract', { timeout: SLOW_MS }, async () => {
    expect(await conformed('')).toEqual({ exitCode: 0, ids: [], titles: [], advice: [] });
  });

  it('that counts its scrapes too keeps it, and is advised', { timeout: SLOW_MS }, async () => {
    const advice = ['conform/scrapes-counted'];
    expect(await conformed('scrapes-counted')).toEqual({
      exitCode: 0,
      ids: [],
      titles: [],
      advice,
    });
  });

  it.each([
    ['raw-path', 'conform/raw-path'],
    ['status-as-text', 'conform/status-not-a-number'],
    ['exception-not-counted', 'conform/error-not-counted'],
    ['gauge-not-decremented', 'conform/connections-not-back'],
    ['milliseconds', 'conform/wrong-unit'],
    ['counter-reset', 'conform/counter-reset'],
    ['business-gauge', 'conform/foreign-metric'],
    ['no-edge', 'conform/no-edge-at-limit'],
  ])('%s is told, and nothing else', { timeout: SLOW_MS }, async (wrong, id) => {
    expect(await conformed(wrong)).toMatchObject({ exitCode: 1, ids: [id] });
  });

  it('several workers that don’t add up are told', { timeout: SLOW_MS }, async () => {
    expect((await conformed('', 3)).ids).toEqual(['conform/workers-not-added-up']);
  });

  it('several workers in multi-process mode are one service', { timeout: SLOW_MS }, async () => {
    expect((await conformed('', 3, true)).ids).toEqual([]);
  });
});

it('another machine isn’t asked without a second word', async () => {
  const { exitCode, stderr } = await startCli([
    ...['conform', 'http://192.0.2.1:8000', '--as', 'backend', '--quiet'],
  ]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--i-may-load 192.0.2.1')]);
});
