import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { callErlang } from '../../../src/technologies/rabbitmq/erlang-node.ts';
import { atom } from '../../../src/technologies/rabbitmq/erlang-terms.ts';

const COOKIE = 'secret';
const CALL = { module: 'rabbit', name: 'stop', args: [] };

/** A packet behind its length of 2 or 4 bytes. */
function packet(lengthBytes: 2 | 4, bytes: Buffer): Buffer {
  const length = Buffer.alloc(lengthBytes);
  length.writeUIntBE(bytes.length, 0, lengthBytes);
  return Buffer.concat([length, bytes]);
}

/** The next packet of a socket, behind its length. */
async function next(socket: Socket, lengthBytes: 2 | 4): Promise<Buffer> {
  const take = async (bytes: number): Promise<Buffer> => {
    for (;;) {
      const got = socket.read(bytes) as Buffer | null;
      if (got) return got;
      await new Promise((resolve) => socket.once('readable', resolve));
    }
  };
  return take((await take(lengthBytes)).readUIntBE(0, lengthBytes));
}

/**
 * As an Erlang node listens (erlang.org/doc/apps/erts/erl_dist_protocol.html), one that never hears
 * of anybody's end.
 */
async function nodeThatForgetsNobody(): Promise<{ host: string; port: number; cookie: string }> {
  const known = new Set<string>();
  const server = createServer((socket) => {
    void (async () => {
      const hello = await next(socket, 2);
      const name = hello.subarray(15).toString();
      socket.write(packet(2, Buffer.from(known.has(name) ? 'salive' : 'sok')));
      if (known.has(name)) return;
      known.add(name);
      socket.write(packet(2, Buffer.alloc(19)));
      const challenge = (await next(socket, 2)).readUInt32BE(1);
      const proof = createHash('md5').update(`${COOKIE}${challenge}`).digest();
      socket.write(packet(2, Buffer.concat([Buffer.from('a'), proof])));
      await next(socket, 4);
      socket.write(packet(4, atom('ok')));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port, cookie: COOKIE };
}

it('a call right after another is one of somebody else to the node', async () => {
  const node = await nodeThatForgetsNobody();
  await callErlang(node, CALL);
  await callErlang(node, CALL);
  expect((await Promise.all([callErlang(node, CALL), callErlang(node, CALL)])).length).toBe(2);
});

it('a wrong cookie is told as such', async () => {
  const node = await nodeThatForgetsNobody();
  await expect(callErlang({ ...node, cookie: 'other' }, CALL)).rejects.toThrow('cookie');
});
