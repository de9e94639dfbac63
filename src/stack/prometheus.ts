import { parseDurationMs } from '../lib/duration.ts';
import type { SourceFile } from './source/source-file.ts';
import type { Value } from './source/value.ts';

/** Prometheus's defaults (config/config.go, `DefaultGlobalConfig`). */
const DEFAULT_INTERVAL_MS = 60_000;

export interface ScrapeJob {
  name: string;
  value: Value;
  intervalMs: number;
  /** Targets of static_configs; undefined when others are discovered too. */
  targets: string[] | undefined;
  /** Labels that its targets have beside those they export; undefined when relabelling may change them. */
  labels: string[] | undefined;
}

/** prometheus.yml, as far as it can be read. */
export interface Prometheus {
  file: SourceFile;
  root: Value;
  scrapeIntervalMs: number;
  evaluationIntervalMs: number;
  jobs: ScrapeJob[];
}

/** Keys of a scrape job by which its series may get labels that nobody can see here. */
const DISCOVERY = /_sd_configs$|^(relabel_configs|metric_relabel_configs|honor_labels)$/;

export function readPrometheus(file: SourceFile): Prometheus {
  const { root } = file;
  const duration = (value: Value, fallback: number): number =>
    parseDurationMs(value.text() ?? '') || fallback;
  const scrapeIntervalMs = duration(root.at('global', 'scrape_interval'), DEFAULT_INTERVAL_MS);
  const defaults = root
    .at('global')
    .entries()
    .some(({ key }) => key === 'metric_relabel_configs' || key === 'relabel_configs');
  return {
    file,
    root,
    scrapeIntervalMs,
    evaluationIntervalMs: duration(root.at('global', 'evaluation_interval'), DEFAULT_INTERVAL_MS),
    jobs: root
      .get('scrape_configs')
      .items()
      .filter((value) => value.isMap)
      .map((value): ScrapeJob => {
        const discovered =
          defaults || value.entries().some(({ key, value: v }) => DISCOVERY.test(key) && v.exists);
        const statics = value.get('static_configs').items();
        // `job` and `instance` may be given by hand, and what has no port gets one from somewhere.
        const plain =
          statics.every((s) =>
            s
              .get('labels')
              .entries()
              .every((e) => e.key !== 'job' && e.key !== 'instance'),
          ) &&
          statics.every((s) =>
            s
              .get('targets')
              .texts()
              .every((t) => /:\d+$/.test(t.text)),
          );
        return {
          value,
          name: value.get('job_name').text() ?? '',
          intervalMs: duration(value.get('scrape_interval'), scrapeIntervalMs),
          targets:
            discovered || !plain
              ? undefined
              : statics.flatMap((s) =>
                  s
                    .get('targets')
                    .texts()
                    .map((t) => t.text),
                ),
          labels: discovered
            ? undefined
            : [
                'job',
                'instance',
                ...statics.flatMap((s) =>
                  s
                    .get('labels')
                    .entries()
                    .map((e) => e.key),
                ),
              ],
        };
      }),
  };
}
