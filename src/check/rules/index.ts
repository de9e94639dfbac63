import type { Rule } from '../rule.ts';
import { onePerRoute, pseudoFileSystems } from './alert-scope.ts';
import { duplicateAlert, duplicateGroup, seldomEvaluated } from './alert-rules.ts';
import {
  noDescription,
  noSeverity,
  noSummary,
  runbookMissing,
  unknownSeverity,
} from './alert-texts.ts';
import {
  dataWithoutVolume,
  defaultPassword,
  latestImage,
  obsoletePlugin,
  openPort,
  undefinedVolume,
} from './compose.ts';
import {
  fixedRange,
  legendLabel,
  legendSyntax,
  undefinedVariable,
  unusedVariable,
} from './dashboard-queries.ts';
import { equalsSeveralValues } from './dashboard-several-values.ts';
import { duplicateTitle, duplicateUid, envelope, exported, noTitle } from './dashboard-files.ts';
import { overlapping, unknownElement, unplacedPanel } from './dashboard-layout.ts';
import { duplicateId, noUnit, removedPanel } from './dashboard-panels.ts';
import { fileSyntax, missingFile, ruleFileNotLoaded } from './files.ts';
import {
  duplicateDataSource,
  noDataSource,
  noProvider,
  twoFolders,
  unusableDataSource,
} from './grafana.ts';
import { refusedAlert } from './grafana-alerts.ts';
import { undefinedContactPoint } from './grafana-policies.ts';
import { wrongUnit } from './dashboard-unit.ts';
import { panelMissing } from '../examples/index.ts';
import { promiseDiffers } from '../promises/differs.ts';
import { promiseNotRouted, promiseWithoutRule } from '../promises/index.ts';
import { messageOtherwise } from '../promises/messages.ts';
import { panelOtherwise } from '../promises/panels.ts';
import { anotherAddressee, endNotTold } from '../promises/receivers.ts';
import { scrapedOtherwise } from '../promises/scraped.ts';
import { silencedOtherwise } from '../promises/silenced.ts';
import { toldOtherwise } from '../promises/told.ts';
import { notPromised } from '../promises/unmentioned.ts';
import { variableOtherwise } from '../promises/variables.ts';
import { alwaysTrue, neverTrue } from './promql-comparisons.ts';
import {
  contradiction,
  unknownLabel,
  unknownMetric,
  unknownValue,
  unseenValue,
} from './promql-metrics.ts';
import {
  counterWithoutRate,
  deltaOfCounter,
  rangeUnderFour,
  rangeUnderTwo,
  rateOfGauge,
  rateOfSum,
} from './promql-rates.ts';
import { promqlRegex, promqlSyntax, promqlType } from './promql-syntax.ts';
import {
  histogramWithoutLe,
  quantileOfWhat,
  quantileRange,
  ratioOfItself,
  sidesNeverMatch,
} from './promql-vectors.ts';
import { deadInhibition, deadRoute, lostGroupLabel, reachesNobody } from './route-alerts.ts';
import { noResolution } from './route-resolution.ts';
import { badMatcher, shadowedRoute, undefinedReceiver, unusedReceiver } from './routes.ts';
import { timeNever } from './time-never.ts';
import { DELIVERY } from './delivery/index.ts';
import { EXPRESSIONS } from './expressions/index.ts';
import { PRODUCTION } from './production/index.ts';
import { REFUSED } from './refused/index.ts';
import { duplicateJob, duplicateTarget, jobNotScraped, timeoutOverInterval } from './scraping.ts';
import { secretInFile } from './secrets.ts';
import {
  lostLabel,
  rawValue,
  templateSyntax,
  undefinedTemplate,
  wrongPercent,
} from './templates.ts';

/** Every rule there is. */
export const RULES: Rule[] = [
  promqlSyntax,
  promqlType,
  promqlRegex,
  unknownMetric,
  unknownLabel,
  unknownValue,
  unseenValue,
  contradiction,
  rateOfGauge,
  deltaOfCounter,
  rateOfSum,
  rangeUnderTwo,
  rangeUnderFour,
  counterWithoutRate,
  ratioOfItself,
  sidesNeverMatch,
  histogramWithoutLe,
  quantileOfWhat,
  quantileRange,
  neverTrue,
  alwaysTrue,
  templateSyntax,
  undefinedTemplate,
  lostLabel,
  rawValue,
  wrongPercent,
  noSummary,
  noDescription,
  noSeverity,
  unknownSeverity,
  runbookMissing,
  ...REFUSED,
  ...PRODUCTION,
  ...DELIVERY,
  ...EXPRESSIONS,
  duplicateAlert,
  duplicateGroup,
  seldomEvaluated,
  pseudoFileSystems,
  onePerRoute,
  undefinedReceiver,
  unusedReceiver,
  reachesNobody,
  timeNever,
  shadowedRoute,
  badMatcher,
  deadRoute,
  deadInhibition,
  lostGroupLabel,
  noResolution,
  fileSyntax,
  missingFile,
  ruleFileNotLoaded,
  jobNotScraped,
  duplicateJob,
  duplicateTarget,
  timeoutOverInterval,
  secretInFile,
  envelope,
  exported,
  removedPanel,
  noTitle,
  noUnit,
  wrongUnit,
  duplicateTitle,
  duplicateUid,
  duplicateId,
  overlapping,
  unknownElement,
  unplacedPanel,
  undefinedVariable,
  unusedVariable,
  equalsSeveralValues,
  fixedRange,
  legendLabel,
  legendSyntax,
  noDataSource,
  noProvider,
  unusableDataSource,
  refusedAlert,
  undefinedContactPoint,
  duplicateDataSource,
  twoFolders,
  promiseWithoutRule,
  promiseDiffers,
  promiseNotRouted,
  panelMissing,
  notPromised,
  panelOtherwise,
  variableOtherwise,
  messageOtherwise,
  scrapedOtherwise,
  toldOtherwise,
  silencedOtherwise,
  endNotTold,
  anotherAddressee,
  latestImage,
  defaultPassword,
  openPort,
  dataWithoutVolume,
  undefinedVolume,
  obsoletePlugin,
];
