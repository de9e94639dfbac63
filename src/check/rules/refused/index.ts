import type { Rule } from '../../rule.ts';
import { badConfigDuration } from './bad-duration.ts';
import { badConfigValue } from './bad-value.ts';
import { conflictingConfigKeys } from './conflicting-keys.ts';
import { badDiscovery } from './discovery.ts';
import { duplicateName } from './duplicate-name.ts';
import { duplicateRemote } from './duplicate-remote.ts';
import { badGroupBy } from './group-by.ts';
import { refusedFlag } from './command-line.ts';
import { missingConfigKey } from './missing-key.ts';
import { oldRules } from './old-rules.ts';
import { recordAndAlert } from './record-and-alert.ts';
import { recordWithAlertKeys } from './record-with-alert-keys.ts';
import { relabelling } from './relabelling.ts';
import { rootRoute } from './root-route.ts';
import { badRuleDuration } from './rule-duration.ts';
import { unknownRuleKey } from './rule-key.ts';
import { badRuleLabel } from './rule-label.ts';
import { badRuleName } from './rule-name.ts';
import { badRuleValue } from './rule-value.ts';
import { slackBot } from './slack-bot.ts';
import { targetWithScheme } from './target-with-scheme.ts';
import { timeRange } from './time-range.ts';
import { undefinedTimeInterval } from './undefined-time-interval.ts';
import { unknownConfigKey } from './unknown-key.ts';
import { variableStays } from './variable.ts';

/** What Prometheus refuses of rule files. */
export const REFUSED_IN_RULE_FILES: Rule[] = [
  unknownRuleKey,
  badRuleDuration,
  badRuleValue,
  badRuleName,
  badRuleLabel,
  recordAndAlert,
  recordWithAlertKeys,
];

/** What Prometheus and Alertmanager refuse of their configurations, whoever starts them. */
export const REFUSED_IN_CONFIGURATIONS: Rule[] = [
  rootRoute,
  undefinedTimeInterval,
  timeRange,
  duplicateName,
  badGroupBy,
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
];

/** What the programs refuse when they start, or when they are told to read their files again. */
export const REFUSED: Rule[] = [
  ...REFUSED_IN_RULE_FILES,
  ...REFUSED_IN_CONFIGURATIONS,
  refusedFlag,
  variableStays,
  oldRules,
];
