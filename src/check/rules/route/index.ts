import type { Rule } from '../../rule.ts';
import { badGroupBy } from './bad-group-by.ts';
import { badMatcher } from './bad-matcher.ts';
import { duplicateName } from './duplicate-name.ts';
import { equalOnMissing } from './equal-on-missing-label.ts';
import { equalsWithAlternatives } from './equals-with-alternatives.ts';
import { deadInhibition } from './inhibition-never-matches.ts';
import { deadRoute } from './matches-nothing.ts';
import { noResolution } from './no-resolution.ts';
import { reachesNobody } from './reaches-nobody.ts';
import { rootRoute } from './root-route.ts';
import { shadowedRoute } from './shadowed.ts';
import { timeNever } from './time-never-comes.ts';
import { timeRange } from './time-range.ts';
import { undefinedReceiver } from './undefined-receiver.ts';
import { undefinedTimeInterval } from './undefined-time-interval.ts';
import { lostGroupLabel } from './unknown-group-label.ts';
import { unusedReceiver } from './unused-receiver.ts';

/** Rules of Alertmanager's routes, inhibitions and time intervals. */
export const ROUTE: Rule[] = [
  rootRoute,
  undefinedTimeInterval,
  timeRange,
  duplicateName,
  badGroupBy,
  equalOnMissing,
  equalsWithAlternatives,
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
];
