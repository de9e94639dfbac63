import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Outside } from '../../runtimes/docker/outside.ts';
import { messageOf } from '../../lib/errors.ts';
import type { PrometheusApi } from '../../lib/prometheus-api.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { RunRequest } from '../events.ts';

/** Where a run keeps Prometheus's blocks, in its folder. */
const BLOCKS = 'blocks';

/**
 * Keeps what Prometheus has stored, as blocks of its own, stale markers and all, so that any expression can be evaluated
 * over the run later. A snapshot is one block of the whole life of the data folder, also across restarts; the folder of
 * an ended Prometheus would be a log that each reader has to replay.
 * @param job the job behind which Prometheus is
 */
export async function keepBlocks(
  prometheus: PrometheusApi,
  request: RunRequest,
  evidence: Pick<Evidence, 'blocks' | 'queryErrors'>,
  around: { job: string; outside: Outside | null; signal: AbortSignal },
): Promise<void> {
  const { job, outside, signal } = around;
  try {
    const [name, flags] = await Promise.all([prometheus.snapshot(), prometheus.flags()]);
    const from = join(flags['storage.tsdb.path'] ?? '', 'snapshots', name);
    if (outside) {
      const service = request.containers?.services[job] ?? job;
      await outside.ask({ verb: 'fetch', service, path: from, to: BLOCKS }, signal);
    } else await rename(from, join(request.runDir, BLOCKS));
    evidence.blocks = BLOCKS;
  } catch (error) {
    signal.throwIfAborted();
    evidence.queryErrors.push({ query: 'snapshot of the blocks', error: messageOf(error) });
  }
}
