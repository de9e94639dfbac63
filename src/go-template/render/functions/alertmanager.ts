import { ANY, SOME_TEXT, list } from '../values.ts';
import type { GoValue } from '../values.ts';
import { BUILTIN } from './builtin.ts';
import { ofText } from './of-text.ts';
import type { GoFunction } from './signature.ts';

/**
 * The functions of notifications' templates (template/template.go of Alertmanager, `DefaultFuncs`).
 */
export const ALERTMANAGER_FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  ...BUILTIN,
  toUpper: ofText((given) => given.toUpperCase()),
  toLower: ofText((given) => given.toLowerCase()),
  title: ofText((given) => given.replace(/(^|\s)\S/g, (letter) => letter.toUpperCase())),
  trimSpace: ofText((given) => given.trim()),
  join: { takes: ['string', 'list'], call: () => SOME_TEXT },
  match: { takes: ['string', 'string'], call: () => ANY },
  safeHtml: ofText((given) => given),
  safeUrl: ofText((given) => given),
  urlUnescape: ofText(),
  reReplaceAll: { takes: ['string', 'string', 'string'], call: () => SOME_TEXT },
  stringSlice: { takes: [], rest: 'string', call: (args) => list(...args) },
  date: { takes: ['string', 'time'], call: () => SOME_TEXT },
  tz: { takes: ['string', 'time'], call: ([, time]) => time ?? ANY },
  since: { takes: ['time'], call: () => ANY },
  humanizeDuration: { takes: ['number'], call: () => SOME_TEXT },
  toJson: { takes: ['any'], call: () => SOME_TEXT },
  list: { takes: [], rest: 'any', call: (args) => list(...args) },
  append: { takes: ['list'], rest: 'any', call: ([first, ...more]) => appended(first, more) },
  dict: { takes: [], rest: 'any', call: () => ANY },
};

function appended(first: GoValue | undefined, more: GoValue[]): GoValue {
  return first?.kind === 'list' ? list(...first.items, ...more) : ANY;
}
