import { join } from 'node:path';
import { messageOf } from '../../lib/errors.ts';
import type { PrometheusApi } from '../../lib/prometheus-api.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Runtime } from '../../runtimes/runtime.ts';

/** Where a run keeps Prometheus's blocks, in its folder. */
const BLOCKS = 'blocks';

/**
 * Keeps what Prometheus has stored, as blocks of its own, stale markers and all, so that any
 * expression can be evaluated over the run later. A snapshot is one block of the whole life of the
 * data folder, also across restarts; the folder of an ended Prometheus would be a log that each
 * reader has to replay.
 * @param job the job behind which Prometheus is
 */
export async function keepBlocks(
  prometheus: PrometheusApi,
  evidence: Pick<Evidence, 'blocks' | 'queryErrors'>,
  { job, runtime, signal }: { job: string; runtime: Runtime; signal: AbortSignal },
): Promise<void> {
  try {
    const [name, flags] = await Promise.all([prometheus.snapshot(), prometheus.flags()]);
    const from = join(flags['storage.tsdb.path'] ?? '', 'snapshots', name);
    await runtime.takeOut(job, from, BLOCKS, signal);
    evidence.blocks = BLOCKS;
  } catch (error) {
    signal.throwIfAborted();
    evidence.queryErrors.push({ query: 'snapshot of the blocks', error: messageOf(error) });
  }
}
