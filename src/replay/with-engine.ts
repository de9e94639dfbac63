import { HarnessError, messageOf } from '../lib/errors.ts';
import type { PrometheusApi } from '../lib/prometheus-api.ts';
import { startEngine } from './engine.ts';
import type { EngineOptions } from './engine.ts';

/**
 * Does something with an engine of its own.
 * @throws HarnessError when that doesn't come up, or stops answering; the signal's reason when
 * aborted
 */
export async function withEngine<T>(
  options: EngineOptions,
  act: (api: PrometheusApi) => Promise<T>,
): Promise<T> {
  await using engine = await startEngine(options);
  try {
    return await act(engine.api);
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof HarnessError) throw error;
    throw new HarnessError(
      `the Prometheus over the run's blocks didn't answer a question: ${messageOf(error)}`,
      'Nothing is judged by what it left open: see that there is memory for it, and start again.',
      { cause: error },
    );
  }
}
