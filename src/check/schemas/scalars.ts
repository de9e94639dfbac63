import { parseDurationMs } from '../../lib/duration.ts';
import { parseGoUrl } from '../../lib/go-url.ts';
import { re2Problem } from '../../promql/regex/refused.ts';
import type { Value } from '../../stack/source/value.ts';
import { parseMatchers } from '../../alertmanager/matchers.ts';
import type { Scalar } from './shape.ts';

/** What is wrong with a scalar: a duration is told by a rule of its own. */
export interface ScalarFault {
  about: 'duration' | 'value';
  message: string;
}

const FLAG = /^(true|false|yes|no|on|off|y|n)$/i;
/** `time.ParseDuration`, and nanoseconds as a plain number. */
const ELAPSED = /^[-+]?(\d+|((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/;
const SIZE = /^0$|^(\d+(\.\d+)?([KMGTPE]?i?B))+$/i;
/** A pattern of rule files (config, `patRulePath`). */
const PATHS = /^[^*]*(\*[^/]*)?$/;
const RANGES = {
  whole: { least: -Infinity, most: Infinity, words: 'a whole number' },
  natural: { least: 0, most: Infinity, words: '0 or above' },
  count: { least: 1, most: Infinity, words: 'above 0' },
  percentage: { least: 0, most: 100, words: 'from 0 to 100' },
};
const ADDRESS = /^.*:[\w-]+$/;
/**
 * Filled in before the program reads it, by whoever rolls it out; or a place to fill in by hand.
 */
const FILLED_IN = /\$\{?\w|\{\{|<[^>]*>|%\w+%|@@?\w+@@?|^\$|#\{[^}]+\}#|__[A-Z](?:_?[A-Z\d])*__/;
/**
 * Where a secret is: encrypted on the spot (SOPS), or in a store by whose address it is put there
 * (vals, 1Password, Vault).
 */
const SECRET_ELSEWHERE = /^(ENC\[\w+,|ref\+\w+:\/\/|op:\/\/|vault:\S+#)/;

/** Whether a text stands for one that is put there later. */
export function isFilledIn(text: string): boolean {
  return FILLED_IN.test(text) || isSecretElsewhere(text);
}

/** Whether a text is what a tool takes for a secret: the secret itself isn't in it. */
export function isSecretElsewhere(text: string): boolean {
  return SECRET_ELSEWHERE.test(text);
}

/** What is wrong with a scalar; undefined when the program takes it. */
export function scalarFault(kind: Scalar, value: Value): ScalarFault | undefined {
  const text = value.text() ?? '';
  if (kind === 'any') return undefined;
  if (kind === 'pattern' || kind === 'matcher') return patternFault(kind, text);
  if (kind === 'filled') return text === '' ? emptyText() : undefined;
  if (isFilledIn(text)) return undefined;
  const fault = (message: string): ScalarFault => ({ about: 'value', message });
  switch (kind) {
    case 'text':
      return undefined;
    case 'flag':
      return FLAG.test(text) && typeof value.raw !== 'number'
        ? flagInQuotes(value, text)
        : fault(`\`${text}\` is neither true nor false`);
    case 'paths':
      return PATHS.test(text)
        ? undefined
        : fault(`\`${text}\` has a \`*\` that doesn't stand in the last part of the path`);
    case 'whole':
    case 'count':
    case 'natural':
    case 'percentage':
      return numberFault(kind, value, text);
    case 'number':
      return typeof value.raw === 'number' || value.number() !== undefined
        ? undefined
        : fault(`\`${text}\` is no number`);
    case 'duration':
    case 'period':
      return durationFault(kind, text);
    case 'elapsed':
      return ELAPSED.test(text)
        ? undefined
        : { about: 'duration', message: `\`${text}\` is no duration` };
    case 'size':
      return SIZE.test(text)
        ? undefined
        : fault(`\`${text}\` is no number of bytes such as \`10MB\``);
    case 'url':
      return isUrl(text)
        ? undefined
        : fault(`\`${text}\` is no address with http:// or https:// and a host`);
    case 'link':
      return parseGoUrl(text) ? undefined : fault(`\`${text}\` is no address`);
    case 'address':
      return ADDRESS.test(text) ? undefined : fault(`\`${text}\` has no port`);
    case 'label':
      return labelFault(text);
  }
}

/**
 * A label's name as Prometheus 3 takes it: any text that isn't empty; the metric's name is none.
 */
export function labelFault(text: string): ScalarFault | undefined {
  return text === '' || text === '__name__'
    ? { about: 'value', message: `\`${text}\` is no name for a label` }
    : undefined;
}

function patternFault(kind: 'pattern' | 'matcher', text: string): ScalarFault | undefined {
  const patterns =
    kind === 'pattern'
      ? [text]
      : (parseMatchers(text) ?? []).filter((m) => m.op.endsWith('~')).map((m) => m.value);
  for (const pattern of patterns) {
    const problem = re2Problem(pattern);
    if (problem !== undefined && !isFilledIn(pattern))
      return { about: 'value', message: `the pattern \`${pattern}\` is refused: ${problem}` };
  }
  return undefined;
}

function emptyText(): ScalarFault {
  return { about: 'value', message: 'an empty text' };
}

function numberFault(
  kind: keyof typeof RANGES,
  value: Value,
  text: string,
): ScalarFault | undefined {
  const number = value.number();
  if (number === undefined || (!Number.isInteger(number) && kind !== 'percentage'))
    return {
      about: 'value',
      message: `\`${text}\` is no whole number${value.isQuoted ? ': in quotes it is a text' : ''}`,
    };
  const { least, most, words } = RANGES[kind];
  return number < least || number > most
    ? { about: 'value', message: `\`${text}\` must be ${words}` }
    : undefined;
}

function durationFault(kind: 'duration' | 'period', text: string): ScalarFault | undefined {
  const ms = parseDurationMs(text);
  if (ms === undefined)
    return {
      about: 'duration',
      message: /^\d+$/.test(text)
        ? `\`${text}\` has no unit: is \`${text}s\` meant?`
        : `\`${text}\` is no duration`,
    };
  return ms === 0 && kind === 'period'
    ? { about: 'duration', message: `\`${text}\` may not be zero` }
    : undefined;
}

function flagInQuotes(value: Value, text: string): ScalarFault | undefined {
  return value.isQuoted
    ? { about: 'value', message: `\`${text}\` in quotes is a text, not true or false` }
    : undefined;
}

function isUrl(text: string): boolean {
  const { scheme, host } = parseGoUrl(text) ?? { scheme: '', host: '' };
  return (scheme === 'http' || scheme === 'https') && host !== '';
}
