import { Truth } from '../truth.ts';
import type { Actor } from '../actor.ts';
import { answerOf } from '../../lib/http.ts';

/** The capacity is this many objects: the level is approached in steps of one. */
const OBJECTS = 64;
const BUCKET = 'objects';
const SIDE_BY_SIDE = 4;
const WITHIN_MS = 5_000;
const CLUSTER = 'minio_cluster';

/** What is known of the storage from outside: what was put, and which drives were taken away. */
class Known {
  readonly truths: Truth[];
  private used = 0;
  private offline = 0;
  private readonly usable = level('capacity_usable_total_bytes');
  private readonly free = level('capacity_usable_free_bytes');
  private readonly objects = level('usage_total_bytes');
  private readonly drives = level('drive_offline_total');

  private readonly capacityBytes: number;
  private readonly driveCount: number;

  constructor(capacityBytes: number, driveCount: number) {
    this.capacityBytes = capacityBytes;
    this.driveCount = driveCount;
    this.truths = [this.usable, this.free, this.objects, this.drives];
  }

  /** So many bytes were put, at some moment between these two, epoch ms. */
  stored(fromMs: number, toMs: number, bytes: number): void {
    this.used = bytes;
    this.objects.changed(fromMs, toMs, bytes);
    this.capacity(fromMs, toMs);
  }

  /** So many drives were taken away, at some moment between these two, epoch ms. */
  lost(fromMs: number, toMs: number, drives: number): void {
    this.offline = drives;
    this.drives.changed(fromMs, toMs, drives);
    this.capacity(fromMs, toMs);
  }

  private capacity(fromMs: number, toMs: number): void {
    const online = (this.driveCount - this.offline) / this.driveCount;
    this.usable.changed(fromMs, toMs, this.capacityBytes * online);
    this.free.changed(fromMs, toMs, (this.capacityBytes - this.used) * online);
  }
}

function level(metric: string): Truth {
  return new Truth(`${CLUSTER}_${metric}`, {}, 'level', 'the client that stores objects');
}

/** What is acted upon. */
export interface StorageAt {
  /** `http://minio:9000` */
  base: string;
  /** The storage's job: the stand-in forgets its objects when it is started again. */
  job: string;
  capacityBytes: number;
  driveCount: number;
}

/** The objects in the storage: as many are put or taken away as make up a share of its capacity. */
class Objects {
  private readonly base: string;
  private readonly body: Uint8Array<ArrayBuffer>;

  constructor(base: string, capacityBytes: number) {
    this.base = base;
    this.body = new Uint8Array(capacityBytes / OBJECTS);
  }

  /**
   * Makes the objects take up this share of the capacity. The storage is asked what is there: one
   * that was restarted has forgotten all.
   * @returns the bytes that they have then
   */
  async fill(share: number): Promise<number> {
    const wanted = Math.round(share * OBJECTS);
    const present = await this.present();
    const missing = Array.from({ length: wanted }, (_, n) => n).filter((n) => !present.includes(n));
    const tooMany = present.filter((n) => n >= wanted);
    await inParallel(missing, (n) => send(this.urlOf(n), 'PUT', this.body));
    await inParallel(tooMany, (n) => send(this.urlOf(n), 'DELETE'));
    return wanted * this.body.length;
  }

  /** The numbers of those that are there. */
  private async present(): Promise<number[]> {
    const { body } = await answerOf(`${this.base}/${BUCKET}`, { timeoutMs: WITHIN_MS });
    const { objects } = JSON.parse(body) as { objects: string[] };
    return objects.map((name) => Number(name.split('-').at(-1)));
  }

  private urlOf(n: number): string {
    return `${this.base}/${BUCKET}/object-${n}`;
  }
}

/**
 * Clients of the object storage: of one the level is the share of its capacity that objects take
 * up, of the other the drives that are offline.
 */
export function storageActors({ base, job, capacityBytes, driveCount }: StorageAt): {
  objects: Actor;
  drives: Actor;
} {
  const known = new Known(capacityBytes, driveCount);
  const objects = new Objects(base, capacityBytes);
  const setObjects = async (share: number): Promise<void> => {
    const from = Date.now();
    const bytes = await objects.fill(share);
    known.stored(from, Date.now(), bytes);
  };
  const setDrives = async (count: number): Promise<void> => {
    const from = Date.now();
    await send(`${base}/provoke/drives-offline/${count}`, 'PUT');
    known.lost(from, Date.now(), count);
  };
  return {
    objects: { ...remembering(job, setObjects), truths: known.truths },
    drives: { ...remembering(job, setDrives), truths: [] },
  };
}

/** @throws Error with the status when it isn't taken */
async function send(
  url: string,
  method: 'PUT' | 'DELETE',
  body?: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const asked = { method, timeoutMs: WITHIN_MS, ...(body ? { body } : {}) };
  const answer = await answerOf(url, asked);
  if (!answer.ok) throw new Error(`${method} ${url}: status ${answer.status}`);
}

/** Acts on each number, on a few of them at a time. */
async function inParallel(numbers: number[], act: (n: number) => Promise<void>): Promise<void> {
  const queue = [...numbers];
  const worker = async (): Promise<void> => {
    for (let n = queue.shift(); n !== undefined; n = queue.shift()) await act(n);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
}

/** An actor that can bring back the level that it had. */
function remembering(
  job: string,
  act: (level: number) => Promise<void>,
): Pick<Actor, 'job' | 'set' | 'again'> & { set: (level: number) => Promise<void> } {
  let now = 0;
  const set = async (wanted: number): Promise<void> => {
    now = wanted;
    await act(wanted);
  };
  return { job, set, again: () => set(now) };
}
