import type { Rule } from '../rule.ts';
import { badRuleDuration } from './alert/bad-duration.ts';
import { badRuleLabel } from './alert/bad-label-name.ts';
import { badRuleName } from './alert/bad-name.ts';
import { badRuleValue } from './alert/bad-value.ts';
import { duplicateGroup } from './alert/duplicate-group.ts';
import { recordAndAlert } from './alert/record-and-alert.ts';
import { recordWithAlertKeys } from './alert/record-with-alert-keys.ts';
import { unknownRuleKey } from './alert/unknown-key.ts';
import { badConfigDuration } from './config/bad-duration.ts';
import { badConfigValue } from './config/bad-value.ts';
import { conflictingConfigKeys } from './config/conflicting-keys.ts';
import { badDiscovery } from './config/discovery.ts';
import { duplicateJob } from './config/duplicate-job.ts';
import { duplicateRemote } from './config/duplicate-remote.ts';
import { missingConfigKey } from './config/missing-key.ts';
import { oldRules } from './config/prometheus-1-rules.ts';
import { relabelling } from './config/relabelling.ts';
import { slackBot } from './config/slack-bot.ts';
import { targetWithScheme } from './config/target-with-scheme.ts';
import { timeoutOverInterval } from './config/timeout-over-interval.ts';
import { unknownConfigKey } from './config/unknown-key.ts';
import { variableStays } from './config/variable-stays.ts';
import { fileSyntax } from './file/syntax.ts';
import { experimentalFunction } from './promql/experimental.ts';
import { promqlRegex } from './promql/regex.ts';
import { promqlSyntax } from './promql/syntax.ts';
import { promqlType } from './promql/type.ts';
import { badGroupBy } from './route/bad-group-by.ts';
import { badMatcher } from './route/bad-matcher.ts';
import { duplicateName } from './route/duplicate-name.ts';
import { rootRoute } from './route/root-route.ts';
import { timeRange } from './route/time-range.ts';
import { undefinedReceiver } from './route/undefined-receiver.ts';
import { undefinedTimeInterval } from './route/undefined-time-interval.ts';
import { templateSyntax } from './template/syntax.ts';

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

/**
 * By their ids: told of a file, these are what its program refuses it for, and in other words it
 * need not be told again.
 */
export const TELL_REFUSAL: ReadonlySet<string> = new Set(
  [
    ...REFUSED_IN_RULE_FILES,
    ...REFUSED_IN_CONFIGURATIONS,
    ...[fileSyntax, promqlSyntax, promqlType, promqlRegex, experimentalFunction, templateSyntax],
    ...[duplicateGroup, duplicateJob, timeoutOverInterval, oldRules, variableStays],
    ...[badMatcher, undefinedReceiver],
  ].map(({ id }) => id),
);
