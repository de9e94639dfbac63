import type { Rule } from '../../rule.ts';
import { badConfigDuration } from './bad-duration.ts';
import { badConfigValue } from './bad-value.ts';
import { conflictingConfigKeys } from './conflicting-keys.ts';
import { badDiscovery } from './discovery.ts';
import { duplicateJob } from './duplicate-job.ts';
import { duplicateRemote } from './duplicate-remote.ts';
import { duplicateTarget } from './duplicate-target.ts';
import { intervalOverLookback } from './interval-over-lookback.ts';
import { jobNotScraped } from './job-not-scraped.ts';
import { laterDocument } from './later-document.ts';
import { localhostInContainer } from './localhost-in-container.ts';
import { missingFile } from './missing-file.ts';
import { missingConfigKey } from './missing-key.ts';
import { noAlertmanager } from './no-alertmanager.ts';
import { oldRules } from './prometheus-1-rules.ts';
import { relabelling } from './relabelling.ts';
import { ruleFileNotLoaded } from './rule-file-not-loaded.ts';
import { secretInFile } from './secret-in-file.ts';
import { slackBot } from './slack-bot.ts';
import { targetWithScheme } from './target-with-scheme.ts';
import { timeoutOverInterval } from './timeout-over-interval.ts';
import { unknownConfigKey } from './unknown-key.ts';
import { unknownTarget } from './unknown-target.ts';
import { variableStays } from './variable-stays.ts';

/** Rules of the programs' configurations. */
export const CONFIG: Rule[] = [
  unknownConfigKey,
  badConfigDuration,
  badConfigValue,
  missingConfigKey,
  conflictingConfigKeys,
  relabelling,
  targetWithScheme,
  badDiscovery,
  duplicateRemote,
  slackBot,
  variableStays,
  oldRules,
  noAlertmanager,
  laterDocument,
  unknownTarget,
  localhostInContainer,
  intervalOverLookback,
  missingFile,
  ruleFileNotLoaded,
  jobNotScraped,
  duplicateJob,
  duplicateTarget,
  timeoutOverInterval,
  secretInFile,
];
