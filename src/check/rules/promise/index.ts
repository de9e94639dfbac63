import type { Rule } from '../../rule.ts';
import { anotherAddressee } from './another-addressee.ts';
import { promiseDiffers } from './differs.ts';
import { endNotTold } from './end-not-told.ts';
import { messageOtherwise } from './message-otherwise.ts';
import { panelMissing } from './no-panel.ts';
import { promiseWithoutRule } from './no-rule.ts';
import { notPromised } from './not-promised.ts';
import { promiseNotRouted } from './not-routed.ts';
import { panelOtherwise } from './panel-otherwise.ts';
import { scrapedOtherwise } from './scraped-otherwise.ts';
import { silencedOtherwise } from './silenced-otherwise.ts';
import { toldOtherwise } from './told-otherwise.ts';
import { variableOtherwise } from './variable-otherwise.ts';

/** Rules of what a contract promises, as far as it shows without evaluating anything. */
export const PROMISE: Rule[] = [
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
