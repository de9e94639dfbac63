import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT } from '../support/cases.ts';
import { startCli } from '../support/cli.ts';
import { follow } from '../support/how-to.ts';
import { pythonPackages, withService } from '../support/service.ts';

const SLOW_MS = 180_000;
const FASTAPI = ['fastapi==0.115.6', 'uvicorn==0.34.0', 'prometheus-client==0.21.1'];
const DJANGO = ['django==4.2.23', 'prometheus-client==0.21.1'];
const ROUTES = ['--route', '/api/events/:id', '--route', '/api/broken'];

/** Where the page's files are, as its reader would have them. */
const dir = mkdtempSync(join(tmpdir(), 'gtv-instrument-'));
let sites: { fastapi: string; django: string };

beforeAll(async () => {
  follow(['docs/how-to/instrument-a-service.md'], dir);
  symlinkSync(join(PROJECT, 'node_modules'), join(dir, 'node_modules'));
  writeFileSync(join(dir, 'package.json'), '{ "type": "module" }');
  const [fastapi, django] = await Promise.all([pythonPackages(FASTAPI), pythonPackages(DJANGO)]);
  sites = { fastapi, django };
}, SLOW_MS);
afterAll(() => rmSync(dir, { recursive: true }));

const python = (site: string): Record<string, string> => ({
  PYTHONPATH: site,
  PYTHONDONTWRITEBYTECODE: '1',
});

describe.concurrent('a service that is instrumented as the page says keeps the contract', () => {
  it.each<[string, (port: string) => [string, ...string[]], string[]]>([
    ['fastapi', (port) => ['python3', '-m', 'uvicorn', 'service:app', '--port', port], []],
    ['django', (port) => ['python3', 'service.py', 'runserver', '--noreload', port], ROUTES],
    ['node', (port) => [process.execPath, 'service.js', port], ROUTES],
  ])('%s', { timeout: SLOW_MS }, async (name, command, routes) => {
    const site = name === 'django' ? sites.django : sites.fastapi;
    const options = { cwd: join(dir, name), env: python(site), path: '/metrics' };
    const { exitCode, stdout } = await withService(
      (port) => command(String(port)),
      options,
      (url) =>
        startCli([
          ...['conform', url, '--as', 'ai', '--probes', '400', '--format', 'json', '--quiet'],
          ...routes,
        ]),
    );
    expect([exitCode, (JSON.parse(stdout) as { findings: unknown[] }).findings]).toEqual([0, []]);
  });
});
