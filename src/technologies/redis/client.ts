import { createClient } from '@redis/client';
import { Truth } from '../truth.ts';
import type { Actor } from '../actor.ts';

/** Lookups per model second. */
const LOOKUPS_PER_SECOND = 5;
const EVERY_MS = 20;
const PRESENT = 'settings:present';
const ABSENT = 'settings:absent';

/** As many as Redis lets in by itself (redis.io/docs, `maxclients`). */
const MANY_CLIENTS = 10_000;

/** Clients of Redis, each with the signal that it follows. */
export interface RedisClients extends AsyncDisposable {
  hits: Actor;
  door: Actor;
}

/**
 * A client of Redis that looks keys up all the time; the level of `hits` is the share of lookups
 * that hit. That of `door` is whether others are let in: it was there before, and stays.
 */
export async function redisClients(host: string, speed: number): Promise<RedisClients> {
  const hits = new Truth('redis_keyspace_hits_total', {}, 'growing', 'the Redis client');
  const misses = new Truth('redis_keyspace_misses_total', {}, 'growing', 'the Redis client');
  const client = createClient({ socket: { host, port: 6379 } });
  client.on('error', () => undefined);
  await client.connect();
  await client.set(PRESENT, '{}');
  const done = { hits: 0, misses: 0 };
  for (const truth of [hits, misses]) truth.changed(0, Date.now(), 0);
  const due = { hits: 0, misses: 0 };
  let level = 1;
  let last = Date.now();
  let busy = false;
  const tick = async (): Promise<void> => {
    const now = Date.now();
    const lookups = ((now - last) / 1000) * LOOKUPS_PER_SECOND * speed;
    last = now;
    due.hits += lookups * level;
    due.misses += lookups * (1 - level);
    if (busy) return;
    const now_hits = Math.floor(due.hits);
    const now_misses = Math.floor(due.misses);
    if (now_hits + now_misses === 0) return;
    busy = true;
    try {
      await client.mGet([
        ...Array<string>(now_hits).fill(PRESENT),
        ...Array<string>(now_misses).fill(ABSENT),
      ]);
      due.hits -= now_hits;
      due.misses -= now_misses;
      done.hits += now_hits;
      done.misses += now_misses;
      hits.changed(now, Date.now(), done.hits);
      misses.changed(now, Date.now(), done.misses);
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void tick().catch(() => undefined), EVERY_MS);
  const up = new Truth('redis_up', {}, 'level', 'the Redis client');
  return {
    hits: {
      truths: [hits, misses],
      set: (share) => {
        level = share;
      },
    },
    door: {
      truths: [up],
      set: async (isOpen) => {
        const from = Date.now();
        await client.configSet('maxclients', String(isOpen > 0 ? MANY_CLIENTS : 1));
        up.changed(from, Date.now(), isOpen);
      },
    },
    [Symbol.asyncDispose]: () => {
      clearInterval(timer);
      client.destroy();
      return Promise.resolve();
    },
  };
}
