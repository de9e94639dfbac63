import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { until } from '../../src/lib/wait.ts';

const signal = new AbortController().signal;
const STARTS_WITHIN_MS = 60_000;

/** A folder of Python packages, to be named in `PYTHONPATH`; installed once and kept. */
export async function pythonPackages(packages: string[]): Promise<string> {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const name = `python-${packages.join('-').replaceAll('==', '-')}`;
  const site = join(cache, 'gt-vision-observability', name);
  if (existsSync(site)) return site;
  const dir = `${site}.${process.pid}`;
  mkdirSync(dir, { recursive: true });
  await execa('python3', ['-m', 'pip', 'install', '--quiet', '--target', dir, ...packages]);
  await execa('mv', ['--no-target-directory', dir, site]);
  return site;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export interface ServiceOptions {
  cwd: string;
  env: Record<string, string>;
  /** What answers once it is up. */
  path: string;
}

/** Starts a service on a port of its own, and ends it with all of its processes after the use. */
export async function withService<T>(
  command: (port: number) => [string, ...string[]],
  { cwd, env, path }: ServiceOptions,
  use: (url: string) => Promise<T>,
): Promise<T> {
  const port = await freePort();
  const [program, ...args] = command(port);
  const options = { cwd, env, reject: false, stdio: 'ignore', detached: true } as const;
  const service = execa(program, args, options);
  try {
    const url = `http://127.0.0.1:${port}`;
    const up = async () => ((await fetch(`${url}${path}`)).ok ? true : undefined);
    await until(up, { what: 'the service answers', timeoutMs: STARTS_WITHIN_MS, signal });
    return await use(url);
  } finally {
    // Its workers too: a parent that is asked to end waits for theirs.
    process.kill(-(service.pid ?? 0), 'SIGKILL');
    await service;
  }
}
