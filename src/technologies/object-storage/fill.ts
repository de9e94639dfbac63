import type { OriginalAt } from '../running.ts';
import { Truth } from '../truth.ts';
import { put } from './s3.ts';
import { DRIVE_BYTES } from './settings.ts';

const MIB = 1024 * 1024;
/** Four fifths of the drive: about where the alert's limit usually is. */
const OBJECTS = 52;
/** What MinIO keeps on its drive beside the objects: their headers, and figures of its own. */
const OVERHEAD_BYTES = 4 * MIB;
const BUCKET = 'objects';

/**
 * Puts objects on MinIO's one drive, which is in memory, and so of a size that is known: what is
 * free afterwards is what the objects and MinIO's own files leave.
 */
export async function fill({ base, logins }: OriginalAt, signal: AbortSignal): Promise<Truth[]> {
  const login = logins['object-storage'];
  if (!login) return [];
  const from = Date.now();
  await put(base, `/${BUCKET}`, new Uint8Array(0), login, signal);
  for (let n = 0; n < OBJECTS; n++)
    await put(base, `/${BUCKET}/object-${n}`, new Uint8Array(MIB).fill(n), login, signal);
  const bytes = OBJECTS * MIB;
  const free = DRIVE_BYTES - bytes;
  return [
    known('capacity_usable_total_bytes', from, DRIVE_BYTES),
    known('capacity_usable_free_bytes', from, free, free - OVERHEAD_BYTES),
    known('usage_total_bytes', from, bytes),
    known('drive_offline_total', from, 0),
  ];
}

/** A value that is known from a moment on, epoch ms, to lie between these two. */
function known(metric: string, fromMs: number, one: number, other = one): Truth {
  const truth = new Truth(`minio_cluster_${metric}`, {}, 'level', 'the client of the real MinIO');
  truth.changed(0, fromMs, one);
  truth.changed(fromMs, Number.MAX_SAFE_INTEGER, other);
  return truth;
}
