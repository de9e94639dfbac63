import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { onceStarted } from '../../../src/technologies/rabbitmq/starting.ts';

async function listen(port: number): Promise<AsyncDisposable & { port: number }> {
  const server = createServer((socket) => socket.end('here'));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

it('a broker whose port for clients opens late is waited for, and not told as refusing', async () => {
  const { port } = await listen(0).then(async (first) => {
    await first[Symbol.asyncDispose]();
    return first;
  });
  let refused = 0;
  const asked = onceStarted('the broker takes a client', async () => {
    const socket = connect(port, '127.0.0.1');
    try {
      const [said] = (await once(socket, 'data')) as [Buffer];
      return said.toString();
    } catch (error) {
      refused++;
      throw error;
    }
  });
  await expect.poll(() => refused).toBeGreaterThan(0);
  await using server = await listen(port);
  expect(server.port).toBe(port);
  expect(await asked).toBe('here');
});
