import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it, vi } from 'vitest';
import { enterNamespaces } from '../../../src/runtimes/native/enter.ts';
import { withRunDir } from '../contract.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it("nothing of the user's shell gets into a run's own world", () =>
  withRunDir(async (runDir) => {
    const shell = { HTTP_PROXY: 'http://127.0.0.1:9', K6_VUS: '2', PGSSLMODE: 'require' };
    for (const [name, value] of Object.entries(shell)) vi.stubEnv(name, value);
    const [usr, etc] = [join(runDir, 'usr'), join(runDir, 'etc')];
    await Promise.all([usr, etc].map((folder) => mkdir(folder)));
    const lines: string[] = [];
    const { ended } = enterNamespaces({
      ...{ usr, runDir, request: null },
      script: fileURLToPath(new URL('tells-environment.ts', import.meta.url)),
      signal: new AbortController().signal,
      onLine: (line) => lines.push(line),
    });
    expect(await ended).toEqual({ exit: '0', stderr: '' });
    const seen = JSON.parse(lines.join('')) as Record<string, string>;
    expect(seen).toMatchObject({ HOME: runDir, TZ: 'UTC' });
    for (const name of Object.keys(shell)) expect(seen).not.toHaveProperty(name);
  }));
