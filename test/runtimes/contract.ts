import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { get } from '../../src/lib/http.ts';
import type { ProcessComponent, Runtime } from '../../src/runtimes/runtime.ts';

const never = new AbortController().signal;

/** A folder for a run of its own, with a place for logs. */
export async function withRunDir<T>(what: (runDir: string) => Promise<T>): Promise<T> {
  const runDir = mkdtempSync(join(tmpdir(), 'gtv-runtime-'));
  mkdirSync(join(runDir, 'logs'));
  try {
    return await what(runDir);
  } finally {
    rmSync(runDir, { recursive: true });
  }
}

/**
 * A program that says hello, keeps a word in a folder, and answers how often it was asked since its
 * start.
 */
export function greeting(port: number, host: string, kept: string): string {
  return `
    const { mkdirSync, writeFileSync } = require('node:fs');
    mkdirSync('${kept}', { recursive: true });
    writeFileSync('${kept}/word', 'kept');
    let asked = 0;
    require('node:http').createServer((q, a) => a.end(String(++asked))).listen(${port}, '${host}');
    console.log('hello');`;
}

/** The same as a process. */
export async function greeter(kept: string): Promise<ProcessComponent & { url: string }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  return {
    name: 'greeter',
    url,
    command: process.execPath,
    args: ['-e', greeting(port, '127.0.0.1', kept)],
    env: { GREETING: 'good morning' },
    ready: async () => void (await get(url)),
    readyWithinMs: 10_000,
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export interface Greeter {
  runDir: string;
  /** The folder with the word, as the component sees it. */
  kept: string;
  /** What it answers; throws when it doesn't within a moment. */
  ask: () => Promise<string>;
}

/**
 * What every runtime does with a component `greeter`, which has an address and was never started.
 */
export async function keepsTheContract(
  runtime: Runtime,
  { runDir, kept, ask }: Greeter,
): Promise<void> {
  expect(runtime.names).toEqual(['greeter']);
  expect(await runtime.logs('greeter')).toBe('');
  await runtime.start('greeter', never);
  expect(Number(await ask())).toBeGreaterThan(0);
  expect(await runtime.logs('greeter')).toBe('hello\n');
  expect(runtime.address('greeter')).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
  expect(() => runtime.address('nobody')).toThrow('no address is known of nobody');

  const shell = ['sh', '-c', 'echo "$GREETING"; exit 3'];
  expect(await runtime.exec('greeter', shell, 5_000, never)).toEqual({
    code: 3,
    output: expect.stringMatching(/^good morning\n?$/) as string,
  });
  expect((await runtime.exec('greeter', ['sleep', '60'], 200, never)).code).toBe(-1);

  await runtime.freeze('greeter', never);
  await expect(ask()).rejects.toThrow();
  expect(await runtime.thaw('greeter')).toBe(true);
  expect(await runtime.thaw('greeter'), 'it went on already').toBe(false);
  const before = Number(await ask());
  await runtime.takeOut('greeter', kept, 'taken', never);
  expect(readFileSync(join(runDir, 'taken', 'word'), 'utf8')).toBe('kept');

  await runtime.stop('greeter');
  await expect(ask()).rejects.toThrow();
  await runtime.stop('greeter');
  await runtime.start('greeter', never);
  // Whether it answers already the second time, the engine of a container can't tell.
  await expect.poll(ask).toMatch(/^\d+$/);
  expect(Number(await ask())).toBeLessThan(before);
  expect(await runtime.logs('greeter')).toBe('hello\nhello\n');

  await expect(runtime.start('nobody', never)).rejects.toThrow('no component is called nobody');
  await expect(runtime.logs('nobody')).rejects.toThrow('no component is called nobody');
  await runtime.stopAll();
  await expect(ask()).rejects.toThrow();
}
