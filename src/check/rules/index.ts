import type { Rule } from '../rule.ts';
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
import { ALERT } from './alert/index.ts';
import { COMPOSE } from './compose/index.ts';
import { CONFIG } from './config/index.ts';
import { DASHBOARD } from './dashboard/index.ts';
import { FILE } from './file/index.ts';
import { GRAFANA } from './grafana/index.ts';
import { PRODUCTION } from './production/index.ts';
import { PROMQL } from './promql/index.ts';
import { ROUTE } from './route/index.ts';
import { TEMPLATE } from './template/index.ts';

/** Every rule there is; each stands in the file that its id names. */
export const RULES: Rule[] = [
  ...FILE,
  ...PROMQL,
  ...ALERT,
  ...TEMPLATE,
  ...ROUTE,
  ...CONFIG,
  ...DASHBOARD,
  ...GRAFANA,
  ...COMPOSE,
  ...PRODUCTION,
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
];
