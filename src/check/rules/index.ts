import type { Rule } from '../rule.ts';
import { ALERT } from './alert/index.ts';
import { COMPOSE } from './compose/index.ts';
import { CONFIG } from './config/index.ts';
import { DASHBOARD } from './dashboard/index.ts';
import { FILE } from './file/index.ts';
import { GRAFANA } from './grafana/index.ts';
import { PRODUCTION } from './production/index.ts';
import { PROMISE } from './promise/index.ts';
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
  ...PROMISE,
];
