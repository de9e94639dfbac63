import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../../../lib/errors.ts';
import { until } from '../../../lib/wait.ts';
import { answerOf, get } from '../../../lib/http.ts';
import { PrometheusApi } from '../../../lib/prometheus-api.ts';
import type { DriverPlace } from '../driver.ts';
import { STACK_DIR, underLoadConfig } from './config.ts';
import type { ScrapedJob } from './config.ts';
import type { Exporter } from './exporters-protocol.ts';
import { OwnMetrics } from './own-metrics.ts';

export const PROMETHEUS = 'prometheus';
const BASE = 'http://127.0.0.1:9090';
/** It reads blocks and rules before it answers, ms. */
const READY_WITHIN_MS = 60_000;
/** A Prometheus at its limit still has to say so, ms. */
const ANSWER_WITHIN_MS = 30_000;
/**
 * How often it takes over the targets that it has found: every 5 s unless told, which would be half
 * of a step's warm-up.
 */
const TARGETS_EVERY = '100ms';
const METRICS = new Set([
  'prometheus_tsdb_head_series',
  'prometheus_tsdb_head_samples_appended_total',
  'prometheus_rule_group_last_duration_seconds',
  'prometheus_rule_group_interval_seconds',
  'prometheus_rule_group_iterations_missed_total',
  'prometheus_rule_group_rules',
  'prometheus_rule_evaluation_failures_total',
  'prometheus_config_last_reload_successful',
]);

/** What Prometheus is given to do. */
export interface Work {
  /** Who is scraped; those without a job of their own belong to the job `load`. */
  exporters: Exporter[];
  /** Rule files beside the stack's own, as text. */
  rules: string[];
  /** Whether the stack's own rules are evaluated too; true unless said. */
  stackRules?: boolean;
}

/** The job of exporters that have no job of their own. */
export const LOAD_JOB = 'load';

/** The real Prometheus with the stack's own configuration and rules, and a load of our own. */
export class PrometheusUnderLoad {
  readonly api = new PrometheusApi(BASE, ANSWER_WITHIN_MS);
  readonly base = BASE;
  private readonly place: DriverPlace;

  constructor(place: DriverPlace) {
    this.place = place;
    place.subjects.names.add(PROMETHEUS);
  }

  /** The folder of its configuration and its data. */
  get dir(): string {
    return join(this.place.runDir, 'prometheus');
  }

  /** Starts it anew, with nothing of an earlier step: what it held would be in its memory still. */
  async startAfresh(work: Work, signal: AbortSignal): Promise<void> {
    await this.stop();
    await rm(join(this.dir, 'data'), { recursive: true, force: true });
    await this.start(work, signal);
  }

  /** Starts it on the data that it has. */
  async start(work: Work, signal: AbortSignal): Promise<void> {
    const { plan, runtime } = this.place;
    await this.write(work);
    runtime.learn([
      {
        name: PROMETHEUS,
        command: '/usr/bin/prometheus',
        args: [
          `--config.file=${join(this.dir, 'prometheus.yml')}`,
          `--storage.tsdb.path=${join(this.dir, 'data')}`,
          '--web.listen-address=127.0.0.1:9090',
          '--web.enable-lifecycle',
          `--scrape.discovery-reload-interval=${TARGETS_EVERY}`,
          ...plan.prometheusFlags,
        ],
        ready: async () => void (await get(`${BASE}/-/ready`)),
        readyWithinMs: READY_WITHIN_MS,
      },
    ]);
    await runtime.start(PROMETHEUS, signal);
  }

  /** Gives it other rules while it runs. @throws HarnessError when it doesn't take them */
  async reload(work: Work, signal: AbortSignal): Promise<void> {
    await this.write(work);
    const response = await answerOf(`${BASE}/-/reload`, {
      method: 'POST',
      signal,
      timeoutMs: READY_WITHIN_MS,
    });
    if (!response.ok)
      throw new HarnessError(
        `Prometheus doesn't take the rules of this load: ${response.body.slice(0, 300)}`,
        'Its log is logs/prometheus.log of the run folder.',
      );
  }

  async stop(): Promise<void> {
    await this.place.runtime.stop(PROMETHEUS);
    this.place.subjects.died.delete(PROMETHEUS);
  }

  /** Why it ended by itself; null while it runs. */
  died(): string | null {
    return this.place.subjects.died.get(PROMETHEUS)?.message ?? null;
  }

  /** Its own metrics, now: not as it scraped them. */
  async ownMetrics(): Promise<OwnMetrics> {
    return new OwnMetrics(await get(`${BASE}/metrics`, ANSWER_WITHIN_MS), METRICS);
  }

  /**
   * Waits until its head has about as many series as come; gives up without a word when they don't,
   * for that will show in the figures.
   */
  async settled(series: number, withinMs: number, signal: AbortSignal): Promise<void> {
    try {
      await until(
        async () =>
          ((await this.ownMetrics()).sum('prometheus_tsdb_head_series') ?? 0) >= series ||
          undefined,
        { what: `${series} series are there`, timeoutMs: withinMs, everyMs: 200, signal },
      );
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof HarnessError)) throw error;
    }
  }

  private async write({ exporters, rules, stackRules = true }: Work): Promise<void> {
    await mkdir(this.dir, { recursive: true });
    const names = [...new Set(exporters.map(({ job }) => job ?? LOAD_JOB))];
    const jobs = names.map((name): ScrapedJob => ({
      name,
      targetsFile: join(this.dir, `targets-${name}.json`),
    }));
    const ruleFiles = rules.map((_, n) => join(this.dir, `rules-${n}.yml`));
    await Promise.all([
      ...jobs.map(({ name, targetsFile }) =>
        writeFile(
          targetsFile,
          JSON.stringify([
            {
              targets: exporters
                .filter(({ job }) => (job ?? LOAD_JOB) === name)
                .map(({ address }) => address),
            },
          ]),
        ),
      ),
      ...rules.map((text, n) => writeFile(ruleFiles[n] ?? '', text)),
      writeFile(
        join(this.dir, 'prometheus.yml'),
        underLoadConfig(
          await readFile(`${STACK_DIR}/prometheus.yml`, 'utf8'),
          jobs,
          ruleFiles,
          stackRules,
        ),
      ),
    ]);
  }
}
