import { defaultCacheDir, ensureCache } from '../../src/programs/index.ts';
import { row } from './print.ts';
import { countedLoad, startedBackend } from './service.ts';

const ROUNDS = 5;
const REQUESTS = 30_000;
const LEAST = 0.9;

/**
 * Requests per second of the fake backend with its metrics and without, in turns, so that both see
 * the same machine.
 */
export async function benchInstrumentation(): Promise<void> {
  const { k6 } = await ensureCache({
    cacheDir: defaultCacheDir(),
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
  const services = await Promise.all([startedBackend(), startedBackend({ METRICS: 'off' })]);
  try {
    const ratios: number[] = [];
    let best = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const rates: number[] = [];
      for (const { base } of round % 2 === 0 ? services : [...services].reverse()) {
        const { k6: account, seconds } = await countedLoad(k6, base, REQUESTS);
        rates.push(account.requests / seconds);
      }
      const [counted = 0, plain = 1] = round % 2 === 0 ? rates : [...rates].reverse();
      ratios.push(counted / plain);
      best = Math.max(best, counted);
    }
    const median = ratios.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
    row(
      'instrumented / plain service',
      median.toFixed(3),
      `at least ${LEAST}; ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}; up to ${best.toFixed(0)} requests/s`,
    );
  } finally {
    for (const { service } of services) await service[Symbol.asyncDispose]();
  }
}
