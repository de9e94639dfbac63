import type { Rule } from '../../rule.ts';
import { commonAnnotations } from './common-annotations.ts';
import { equalOnMissing } from './equal-on-missing.ts';
import { equalsWithAlternatives } from './equals-with-alternatives.ts';
import { groupLabel } from './group-label.ts';
import { intervalOverLookback } from './interval-over-lookback.ts';
import { laterDocument } from './later-document.ts';
import { localhostInContainer } from './localhost.ts';
import { noAlertmanager } from './no-alertmanager.ts';
import { unknownScrapeInterval } from './rate-interval.ts';
import { unknownTarget } from './unknown-target.ts';

/** What keeps samples from Prometheus, and alerts from people. */
export const DELIVERY: Rule[] = [
  noAlertmanager,
  laterDocument,
  unknownTarget,
  localhostInContainer,
  intervalOverLookback,
  equalOnMissing,
  equalsWithAlternatives,
  commonAnnotations,
  groupLabel,
  unknownScrapeInterval,
];
