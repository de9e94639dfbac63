import type { RedisClientType } from '@redis/client';
import type { Actor } from '../actor.ts';
import { Truth } from '../truth.ts';

/** The setting that says how many clients Redis lets in at once. */
const LIMIT = 'maxclients';

/**
 * Whether Redis lets others in (1), or no one beside who is there already (0). Opened again it lets
 * in as many as before: under a low limit of open files it takes fewer than its own 10,000, and
 * refuses to be told more.
 * @param client is connected, and stays
 */
export function redisDoor(client: Pick<RedisClientType, 'configGet' | 'configSet'>): Actor {
  const truth = new Truth('redis_up', {}, 'level', 'the Redis client');
  /** While nobody has closed it, it is as open as it was found. */
  let before: string | undefined;
  const close = async (): Promise<void> => {
    before ??= (await client.configGet(LIMIT))[LIMIT];
    await client.configSet(LIMIT, '1');
  };
  const open = async (): Promise<void> => {
    if (before !== undefined) await client.configSet(LIMIT, before);
  };
  return {
    truths: [truth],
    set: async (isOpen) => {
      const from = Date.now();
      await (isOpen > 0 ? open() : close());
      truth.changed(from, Date.now(), isOpen);
    },
  };
}
