import { Truth } from '../truth.ts';
import type { Actor } from '../actor.ts';

/** The capacity is this many objects: the level is approached in steps of one. */
const OBJECTS = 64;
const BUCKET = 'objects';
const SIDE_BY_SIDE = 4;
const WITHIN_MS = 5_000;

/**
 * A client of the object storage. The level is the share of its capacity that objects take up.
 * @param base e.g. `http://minio:9000`
 * @param job the storage's job: the stand-in forgets its objects when it is started again
 */
export function objectsClient(base: string, job: string, capacityBytes: number): Actor {
  const usage = new Truth(
    'minio_cluster_usage_total_bytes',
    {},
    'level',
    'the client that stores objects',
  );
  const capacity = new Truth(
    'minio_cluster_capacity_usable_total_bytes',
    {},
    'level',
    "the object storage's settings",
  );
  capacity.changed(0, Date.now(), capacityBytes);
  const body = Buffer.alloc(capacityBytes / OBJECTS);
  const url = (n: number): string => `${base}/${BUCKET}/object-${n}`;
  const send = async (method: 'PUT' | 'DELETE', n: number): Promise<void> => {
    const answer = await fetch(url(n), {
      method,
      signal: AbortSignal.timeout(WITHIN_MS),
      ...(method === 'PUT' ? { body } : {}),
    });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${method} ${url(n)}: status ${answer.status}`);
  };
  const inParallel = async (method: 'PUT' | 'DELETE', numbers: number[]): Promise<void> => {
    const queue = [...numbers];
    await Promise.all(
      Array.from({ length: SIDE_BY_SIDE }, async () => {
        for (let n = queue.shift(); n !== undefined; n = queue.shift()) await send(method, n);
      }),
    );
  };
  let now = 0;
  const set = async (level: number): Promise<void> => {
    now = level;
    const from = Date.now();
    const wanted = Math.round(level * OBJECTS);
    // What is there already is put once more: a storage that was restarted has forgotten it.
    const there = (await (
      await fetch(`${base}/${BUCKET}`, { signal: AbortSignal.timeout(WITHIN_MS) })
    ).json()) as { objects: string[] };
    const present = there.objects.map((name) => Number(name.split('-').at(-1)));
    const all = Array.from({ length: wanted }, (_, n) => n);
    await inParallel(
      'PUT',
      all.filter((n) => !present.includes(n)),
    );
    await inParallel(
      'DELETE',
      present.filter((n) => n >= wanted),
    );
    usage.changed(from, Date.now(), wanted * body.length);
  };
  return { job, truths: [usage, capacity], set, again: () => set(now) };
}
