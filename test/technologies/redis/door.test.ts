import { expect, it } from 'vitest';
import { redisDoor } from '../../../src/technologies/redis/door.ts';

type Client = Parameters<typeof redisDoor>[0];

/** A Redis that takes no more clients than its open files allow, and says so. */
function redisWith(files: number): { client: Client; limits: number[] } {
  const limits = [files];
  const client = {
    configGet: () => Promise.resolve({ maxclients: String(limits.at(-1)) }),
    configSet: (_: string, value: string) => {
      if (Number(value) > files) return Promise.reject(new Error('ERR CONFIG SET failed'));
      limits.push(Number(value));
      return Promise.resolve('OK');
    },
  };
  return { client: client as unknown as Client, limits };
}

it('a Redis under a low limit of open files lets in as many again as it did before', async () => {
  const { client, limits } = redisWith(992);
  const door = redisDoor(client);
  for (const isOpen of [1, 0, 1, 0, 1]) await door.set(isOpen);
  expect(limits).toEqual([992, 1, 992, 1, 992]);
  expect(door.truths).toHaveLength(1);
});
