import { ANY, SOME_TEXT, list, text } from '../values.ts';
import type { GoValue } from '../values.ts';
import { BUILTIN } from './builtin.ts';
import { formatted } from '../time.ts';
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
  join: { takes: ['string', 'list'], call: ([separator, texts]) => joined(separator, texts) },
  match: { takes: ['string', 'string'], call: () => ANY },
  safeHtml: ofText((given) => given),
  safeUrl: ofText((given) => given),
  urlUnescape: ofText(),
  reReplaceAll: { takes: ['string', 'string', 'string'], call: () => SOME_TEXT },
  stringSlice: { takes: [], rest: 'string', call: (args) => list(...args) },
  date: { takes: ['string', 'time'], call: ([layout, time]) => formatted(time, layout) },
  tz: { takes: ['string', 'time'], call: ([, time]) => time ?? ANY },
  since: { takes: ['time'], call: () => ANY },
  humanizeDuration: { takes: ['number'], call: () => SOME_TEXT },
  toJson: { takes: ['any'], call: () => SOME_TEXT },
  list: { takes: [], rest: 'any', call: (args) => list(...args) },
  append: { takes: ['list'], rest: 'any', call: ([first, ...more]) => appended(first, more) },
  dict: { takes: [], rest: 'any', call: () => ANY },
};

function joined(separator: GoValue | undefined, texts: GoValue | undefined): GoValue {
  if (separator?.kind !== 'string' || texts?.kind !== 'list') return SOME_TEXT;
  const known = texts.items.map((one) => (one.kind === 'string' ? one.text : undefined));
  return separator.text === undefined || known.includes(undefined)
    ? SOME_TEXT
    : text(known.join(separator.text));
}

function appended(first: GoValue | undefined, more: GoValue[]): GoValue {
  return first?.kind === 'list' ? list(...first.items, ...more) : ANY;
}
