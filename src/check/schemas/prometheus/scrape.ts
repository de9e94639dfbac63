import { httpFields, oneAuthentication } from '../http-client.ts';
import { all } from '../shape.ts';
import type { Fields } from '../shape.ts';
import { discovery } from './discovery/index.ts';
import { scrapeDefaults, scrapeProtocol } from './global.ts';
import { relabel } from './relabel.ts';

/** A scrape job (config.ScrapeConfig). */
export const scrapeJob: Fields = {
  fields: {
    ...scrapeDefaults,
    ...httpFields,
    ...discovery,
    job_name: 'text',
    honor_labels: 'flag',
    honor_timestamps: 'flag',
    track_timestamps_staleness: 'flag',
    params: { map: { list: 'text' } },
    fallback_scrape_protocol: scrapeProtocol,
    metrics_path: 'text',
    scheme: { oneOf: ['http', 'https'], anyCase: true },
    enable_compression: 'flag',
    native_histogram_bucket_limit: 'whole',
    native_histogram_min_bucket_factor: 'number',
    relabel_configs: { list: relabel, filled: true },
    metric_relabel_configs: { list: relabel, filled: true },
  },
  gone: {
    scrape_classic_histograms: {
      shape: 'flag',
      since: 3,
      instead: 'always_scrape_classic_histograms',
    },
  },
  needs: all('job_name'),
  exclusive: oneAuthentication,
};
