import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultCacheDir, ensureCache } from '../../src/programs/index.ts';
import { PrometheusApi } from '../../src/lib/prometheus-api.ts';
import { sleepUntil } from '../../src/lib/wait.ts';
import { emptyEvidence } from '../../src/run/inside/empty-evidence.ts';
import type { K6Evidence } from '../../src/model/k6-evidence.ts';
import type { Series } from '../../src/model/series.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { equalsK6 } from '../../src/verdict/metrics/counts.ts';
import { metricContexts } from '../../src/verdict/metrics/context.ts';
import { row } from './print.ts';
import { BENCH_LOAD, countedLoad, freePort, started, startedBackend } from './service.ts';

const SCRAPE_MS = 500;
const COUNTER = 'http_requests_total';
const signal = new AbortController().signal;
const at = { file: 'bench', line: 1, column: 1 };

/**
 * A counter in Prometheus against k6's own count, over many requests; and over a load that is
 * interrupted on purpose.
 */
export async function benchCounts(requests: number): Promise<void> {
  const { usr, k6 } = await ensureCache({
    cacheDir: defaultCacheDir(),
    onProgress: () => undefined,
    signal,
  });
  await reconcile(
    usr,
    k6,
    `counts, ${requests.toLocaleString('en')} requests`,
    requests,
    undefined,
  );
  await reconcile(usr, k6, 'counts, interrupted on purpose', requests, 5_000);
}

async function reconcile(
  usr: string,
  k6: string,
  name: string,
  requests: number,
  interruptAfterMs: number | undefined,
): Promise<void> {
  const { base, service } = await startedBackend();
  const dir = mkdtempSync(join(tmpdir(), 'gtv-bench-prometheus-'));
  const { prometheus, url } = await scraping(usr, dir, base.slice('http://'.length));
  try {
    const startedAt = Date.now();
    const load = await countedLoad(k6, base, requests, interruptAfterMs);
    // The last answers are scraped twice over: Prometheus may hand out its targets 5 s after its
    // start only.
    await sleepUntil(Math.max(Date.now(), startedAt + 5_000) + 3 * SCRAPE_MS, signal);
    const metrics = await new PrometheusApi(url).raw(COUNTER, startedAt);
    const verdict = judged(load.k6, metrics, startedAt);
    const cutOff = load.k6.counts.some(({ status, count }) => status === '0' && count > 0);
    const rate = (load.k6.requests / load.seconds).toFixed(0);
    row(
      name,
      verdict?.outcome === 'pass' ? (cutOff ? 'in bracket' : 'equal') : 'DIFFERENT',
      `${verdict?.measured ?? verdict?.finding?.seen ?? ''}; ${rate}/s, k6 exit ${load.k6.exitCode}`,
    );
    if (verdict?.outcome !== 'pass') process.exitCode = 1;
  } finally {
    await prometheus[Symbol.asyncDispose]();
    await service[Symbol.asyncDispose]();
    rmSync(dir, { recursive: true });
  }
}

/** A Prometheus that scrapes the backend. */
async function scraping(
  usr: string,
  dir: string,
  target: string,
): Promise<{ prometheus: AsyncDisposable; url: string }> {
  writeFileSync(
    join(dir, 'prometheus.yml'),
    `global: { scrape_interval: ${SCRAPE_MS}ms, scrape_timeout: ${SCRAPE_MS}ms }
scrape_configs: [{ job_name: backend, static_configs: [{ targets: ["${target}"] }] }]
`,
  );
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const prometheus = await started(
    join(usr, 'bin', 'prometheus'),
    [
      `--config.file=${dir}/prometheus.yml`,
      `--storage.tsdb.path=${dir}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ],
    `${url}/-/ready`,
  );
  return { prometheus, url };
}

/** The harness's own verdict on the counter, as in a run that has nothing else. */
function judged(k6: K6Evidence, metrics: Series[], startedAt: number): Verdict | undefined {
  const plan = {
    metrics: [
      {
        name: COUNTER,
        type: 'counter',
        jobs: ['backend'],
        labels: [],
        series: 100,
        selected: true,
        source: at,
      },
    ],
    jobs: [
      {
        name: 'backend',
        target: '',
        metricsPath: '',
        component: 'fake/backend',
        toldBySilence: null,
        scrapeMs: SCRAPE_MS,
      },
    ],
    load: BENCH_LOAD,
  } as unknown as Plan;
  const nothing = emptyEvidence({ runId: 'bench', versions: {}, notJudged: [] });
  const evidence = { ...nothing, startedAt, t0: startedAt, metrics, k6 };
  return metricContexts(plan, evidence, startedAt).flatMap(equalsK6)[0];
}
