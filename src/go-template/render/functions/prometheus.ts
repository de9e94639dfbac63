import { print } from '../print.ts';
import { ANY, SOME_TEXT, float, list, struct, text } from '../values.ts';
import type { GoMap, GoValue } from '../values.ts';
import { BUILTIN } from './builtin.ts';
import { humanize, humanize1024, humanizeDuration, humanizePercentage } from './humanize.ts';
import { ofText } from './of-text.ts';
import type { GoFunction } from './signature.ts';

/** The labels of a series of which nothing is known. */
const SOME_LABELS: GoMap = { kind: 'map', entries: new Map(), other: SOME_TEXT };
/** A number that tells a fraction, a count and a share apart in what is printed. */
const SOME_VALUE = 12.345;

/** The tables by their value: a stack is judged by the same few values throughout. */
const MADE = new Map<number, Readonly<Record<string, GoFunction>>>();

const ofNumber = (write: (given: number) => string): GoFunction => ({
  takes: ['number'],
  call: ([given]) => {
    const number = given && Number(print(given));
    return number === undefined || Number.isNaN(number) ? SOME_TEXT : text(write(number));
  },
});

/**
 * The functions of rules' templates (template/template.go of Prometheus). A query gives one sample,
 * whose value is the alert's own: what is asked of it has its kind, whatever the series are.
 */
export function prometheusFunctions(
  value: number = SOME_VALUE,
): Readonly<Record<string, GoFunction>> {
  const ready = MADE.get(value) ?? functionsFor(value);
  MADE.set(value, ready);
  return ready;
}

function functionsFor(value: number): Readonly<Record<string, GoFunction>> {
  const sample = struct('a sample', { Labels: SOME_LABELS, Value: float(value) });
  return {
    ...BUILTIN,
    query: { takes: ['string'], call: () => list(sample) },
    first: {
      takes: ['list'],
      call: ([samples]) => (samples?.kind === 'list' ? (samples.items[0] ?? ANY) : ANY),
    },
    label: { takes: ['string', 'struct'], call: () => SOME_TEXT },
    value: {
      takes: ['struct'],
      call: ([one]) => (one?.kind === 'struct' ? (one.fields.get('Value') ?? ANY) : ANY),
    },
    strvalue: { takes: ['struct'], call: () => SOME_TEXT },
    args: { takes: [], rest: 'any', call: (args) => argsOf(args) },
    reReplaceAll: { takes: ['string', 'string', 'string'], call: () => SOME_TEXT },
    safeHtml: ofText((given) => given),
    match: { takes: ['string', 'string'], call: () => ANY },
    title: ofText((given) => given.replace(/(^|\s)\S/g, (letter) => letter.toUpperCase())),
    toUpper: ofText((given) => given.toUpperCase()),
    toLower: ofText((given) => given.toLowerCase()),
    graphLink: ofText(),
    tableLink: ofText(),
    sortByLabel: { takes: ['string', 'list'], call: ([, samples]) => samples ?? ANY },
    stripPort: ofText((given) => given.replace(/:\d+$/, '')),
    stripDomain: ofText((given) => given.replace(/^([^.:]+)\.[^:]*/, '$1')),
    humanize: ofNumber(humanize),
    humanize1024: ofNumber(humanize1024),
    humanizeDuration: ofNumber(humanizeDuration),
    humanizePercentage: ofNumber(humanizePercentage),
    humanizeTimestamp: ofNumber((seconds) => `${String(seconds)} as a date`),
    toTime: { takes: ['number'], call: () => ({ kind: 'time' }) },
    toDuration: { takes: ['number'], call: () => ANY },
    now: { takes: [], call: () => float(0) },
    parseDuration: { takes: ['string'], call: () => float(value) },
    pathPrefix: { takes: [], call: () => SOME_TEXT },
    externalURL: { takes: [], call: () => SOME_TEXT },
    urlQueryEscape: ofText((given) => encodeURIComponent(given)),
    tmpl: { takes: ['string', 'any'], call: () => SOME_TEXT },
  };
}

/** `args` makes of its arguments a map with `arg0`, `arg1` and so on. */
function argsOf(args: GoValue[]): GoMap {
  return {
    kind: 'map',
    entries: new Map(args.map((arg, i) => [`arg${i}`, arg])),
    other: { kind: 'nil' },
  };
}
