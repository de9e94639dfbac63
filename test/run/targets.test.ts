import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PrometheusApi } from '../../src/lib/prometheus-api.ts';
import type { Plan } from '../../src/model/plan.ts';
import { waitForTargets } from '../../src/run/inside/targets.ts';

const PLAN = { jobs: [{ name: 'api' }, { name: 'web' }] } as Plan;
const NO_TYPE = 'received unsupported Content-Type "text/html" and no fallback_scrape_protocol';
const LATE = 'Get "http://api:80/metrics": context deadline exceeded';

/** Of the clock that nobody sets, and of the one that anybody may. */
let passedMs = 0;
let steppedMs = 0;

afterEach(() => {
  vi.restoreAllMocks();
  [passedMs, steppedMs] = [0, 0];
});

/** What the wait comes to where `web` is up and each look takes a second. */
async function waited(errorOfApi: (look: number) => string): Promise<unknown> {
  // Whole: a rounded fraction would pass the time at which a wait ends a look too soon.
  const [wall, own] = [Date.now(), Math.floor(performance.now())];
  vi.spyOn(Date, 'now').mockImplementation(() => wall + passedMs + steppedMs);
  vi.spyOn(performance, 'now').mockImplementation(() => own + passedMs);
  let look = 0;
  const targets = () => {
    passedMs += 1_000;
    const lastError = errorOfApi(++look);
    return Promise.resolve([
      { job: 'api', health: lastError === '' ? 'up' : 'down', lastError },
      { job: 'web', health: 'up', lastError: '' },
    ]);
  };
  const prometheus = { targets } as unknown as PrometheusApi;
  return waitForTargets(PLAN, prometheus, new AbortController().signal);
}

describe('a target that answers the harness and that Prometheus can’t scrape', () => {
  it('is left behind within seconds, with Prometheus’s own words', async () => {
    expect(await waited(() => NO_TYPE)).toEqual([{ job: 'api', error: NO_TYPE }]);
    expect(passedMs).toBeLessThan(10_000);
  });

  it('isn’t, where it is up after all', async () => {
    expect(await waited((look) => (look < 4 ? NO_TYPE : ''))).toEqual([]);
  });

  it('isn’t, where its scrapes run out of time: that may be the machine', async () => {
    await expect(waited(() => LATE)).rejects.toThrow(`not up: api: ${LATE}`);
    expect(passedMs).toBeGreaterThan(90_000);
  });

  it('isn’t sooner for a clock that somebody steps by an hour', async () => {
    const seen = await waited((look) => {
      if (look === 2) steppedMs = 3_600_000;
      return look < 5 ? NO_TYPE : '';
    });
    expect(seen).toEqual([]);
  });
});
