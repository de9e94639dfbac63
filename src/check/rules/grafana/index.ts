import type { Rule } from '../../rule.ts';
import { unusableDataSource } from './data-source-without-uid.ts';
import { duplicateDataSource } from './duplicate-data-source.ts';
import { noProvider } from './no-provider.ts';
import { refusedAlert } from './refused-alert.ts';
import { twoFolders } from './two-folders.ts';
import { undefinedContactPoint } from './undefined-contact-point.ts';
import { noDataSource } from './unknown-data-source.ts';
import { unknownScrapeInterval } from './unknown-scrape-interval.ts';

/** Rules of what Grafana is provisioned with. */
export const GRAFANA: Rule[] = [
  unknownScrapeInterval,
  noDataSource,
  noProvider,
  unusableDataSource,
  refusedAlert,
  undefinedContactPoint,
  duplicateDataSource,
  twoFolders,
];
