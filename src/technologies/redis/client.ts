import { createClient } from '@redis/client';
import type { RedisClientType } from '@redis/client';
import type { Disposal } from '../../lib/disposal.ts';
import { Truth } from '../truth.ts';
import type { Actor } from '../actor.ts';
import { redisDoor } from './door.ts';

/** Lookups per model second. */
const LOOKUPS_PER_SECOND = 5;
const EVERY_MS = 20;
/** A client that lost its server looks for it so often, ms. */
const RETRY_MS = 50;
const PRESENT = 'settings:present';
const ABSENT = 'settings:absent';

/** Clients of Redis, each with the signal that it follows. */
export interface RedisClients {
  hits: Actor;
  door: Actor;
}

/**
 * A client of Redis that looks keys up all the time; the level of `hits` is the share of lookups
 * that hit. That of `door` is whether others are let in: it was there before, and stays.
 * @param disposal ends the client, also while it still tries to connect: it never gives up
 */
export async function redisClients(
  host: string,
  speed: number,
  disposal: Disposal,
): Promise<RedisClients> {
  let isOver = false;
  // A client that connects after it was ended would try for ever, and keep the process alive.
  const reconnectStrategy = (): number | false => (isOver ? false : RETRY_MS);
  const client = createClient({ socket: { host, port: 6379, reconnectStrategy } });
  client.on('error', () => undefined);
  disposal.defer(() => {
    isOver = true;
    client.destroy();
  });
  await client.connect();
  await client.set(PRESENT, '{}');
  const looking = lookUpAlways(client, LOOKUPS_PER_SECOND * speed);
  disposal.defer(looking.stop);
  return { hits: looking.actor, door: redisDoor(client) };
}

/**
 * Looks keys up all the time, some of which are there; a tick that comes while Redis is still at
 * the last one only adds to what is due.
 * @param perSecond lookups per second of the run
 */
function lookUpAlways(
  client: Pick<RedisClientType, 'mGet'>,
  perSecond: number,
): { actor: Actor; stop: () => void } {
  const hits = new Truth('redis_keyspace_hits_total', {}, 'growing', 'the Redis client');
  const misses = new Truth('redis_keyspace_misses_total', {}, 'growing', 'the Redis client');
  for (const truth of [hits, misses]) truth.changed(0, Date.now(), 0);
  const done = { hits: 0, misses: 0 };
  const due = { hits: 0, misses: 0 };
  let share = 1;
  // A counter goes on by the clock that nobody sets.
  let last = performance.now();
  let isBusy = false;
  const tick = async (): Promise<void> => {
    const [from, at] = [Date.now(), performance.now()];
    const lookups = ((at - last) / 1000) * perSecond;
    last = at;
    due.hits += lookups * share;
    due.misses += lookups * (1 - share);
    const now = { hits: Math.floor(due.hits), misses: Math.floor(due.misses) };
    if (isBusy || now.hits + now.misses === 0) return;
    isBusy = true;
    try {
      await client.mGet([
        ...Array<string>(now.hits).fill(PRESENT),
        ...Array<string>(now.misses).fill(ABSENT),
      ]);
      for (const kind of ['hits', 'misses'] as const) {
        due[kind] -= now[kind];
        done[kind] += now[kind];
      }
      hits.changed(from, Date.now(), done.hits);
      misses.changed(from, Date.now(), done.misses);
    } finally {
      isBusy = false;
    }
  };
  const timer = setInterval(() => void tick().catch(() => undefined), EVERY_MS);
  return {
    actor: { truths: [hits, misses], set: (level) => void (share = level) },
    stop: () => clearInterval(timer),
  };
}
