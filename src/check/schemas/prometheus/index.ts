import type { Fields } from '../shape.ts';
import { alerting } from './alerting.ts';
import { global, runtime } from './global.ts';
import { remoteRead, remoteWrite } from './remote.ts';
import { scrapeJob } from './scrape.ts';
import { otlp, storage, tracing } from './storage.ts';

/** prometheus.yml, as Prometheus 3.16 documents it. */
export const prometheusFile: Fields = {
  fields: {
    global,
    runtime,
    alerting,
    rule_files: { list: 'paths' },
    scrape_config_files: { list: 'paths' },
    scrape_configs: { list: scrapeJob, filled: true },
    storage,
    tracing,
    remote_write: { list: remoteWrite, filled: true },
    remote_read: { list: remoteRead, filled: true },
    otlp,
  },
};
