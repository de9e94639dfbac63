import { expect, it } from 'vitest';
import { Disposal } from '../../../src/lib/disposal.ts';
import { redisClients } from '../../../src/technologies/redis/client.ts';

it('a client that waits for a Redis that has died ends with the world', async () => {
  const disposal = new Disposal();
  // Nobody listens there.
  const clients = redisClients('127.9.9.9', 1, disposal);
  const ended = expect(clients).rejects.toThrow();
  expect(await disposal.dispose()).toEqual([]);
  await ended;
});

it('gives up where all else has ended already, and keeps no process alive', async () => {
  const disposal = new Disposal();
  await disposal.dispose();
  await expect(redisClients('127.9.9.9', 60, disposal)).rejects.toThrow();
});
