import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const program = (name: string): string[] => [
  '--import',
  'tsx',
  fileURLToPath(new URL(`../../fake-services/${name}.ts`, import.meta.url)),
];

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

it.each(['backend', 'streaming', 'ai', 'mediamtx', 'minio'])(
  '%s says when it listens, answers, and ends with 0 at SIGTERM',
  async (name) => {
    const port = await freePort();
    const child = spawn(
      process.execPath,
      [...program(name), '--host', '127.0.0.1', '--port', String(port)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    expect(line.toString()).toBe(`${name} listens on 127.0.0.1:${port}\n`);
    const path = name === 'minio' ? '/minio/v2/metrics/cluster' : '/metrics';
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      expect.stringMatching(/^text\/plain; version=0\.0\.4/),
    ]);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  },
);

it('tells of wrong usage in one line and ends with 2', async () => {
  const failed = await promisify(execFile)(process.execPath, [
    ...program('ai'),
    '--port',
    '8k',
  ]).catch((error: unknown) => error as { code: number; stderr: string });
  expect(failed).toMatchObject({
    code: 2,
    stderr: 'ai: expected port to be a whole number from 0 to 65535, got `8k`\n',
  });
});
