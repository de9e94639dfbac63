import type { Rule } from '../../rule.ts';
import { badRuleDuration } from './bad-duration.ts';
import { badRuleLabel } from './bad-label-name.ts';
import { badRuleName } from './bad-name.ts';
import { badRuleValue } from './bad-value.ts';
import { duplicateGroup } from './duplicate-group.ts';
import { duplicateAlert } from './duplicate.ts';
import { seldomEvaluated } from './evaluated-too-seldom.ts';
import { noComparison } from './no-comparison.ts';
import { noDescription } from './no-description.ts';
import { noSeverity } from './no-severity.ts';
import { noSummary } from './no-summary.ts';
import { onePerRoute } from './one-per-route.ts';
import { pseudoFileSystems } from './pseudo-file-systems.ts';
import { recordAndAlert } from './record-and-alert.ts';
import { recordWithAlertKeys } from './record-with-alert-keys.ts';
import { runbookMissing } from './runbook-missing.ts';
import { unknownRuleKey } from './unknown-key.ts';
import { unknownSeverity } from './unknown-severity.ts';
import { valueInLabel } from './value-in-label.ts';

/** Rules of alerts and recording rules. */
export const ALERT: Rule[] = [
  noSummary,
  noDescription,
  noSeverity,
  unknownSeverity,
  runbookMissing,
  unknownRuleKey,
  badRuleDuration,
  badRuleValue,
  badRuleName,
  badRuleLabel,
  recordAndAlert,
  recordWithAlertKeys,
  noComparison,
  valueInLabel,
  duplicateAlert,
  duplicateGroup,
  seldomEvaluated,
  pseudoFileSystems,
  onePerRoute,
];
