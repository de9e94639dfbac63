import { UNKNOWN, exponential, fixed, general, print } from './print.ts';
import { Breaks, nameOf } from './values.ts';
import type { GoValue } from './values.ts';

const VERB = /%([-+# 0]*)(\d*)(?:\.(\d*))?([a-zA-Z%])/g;
/** Verbs that each kind takes (fmt, "Printing"). */
const TAKES: Partial<Record<GoValue['kind'], string>> = {
  float: 'eEfFgGbxXvT',
  int: 'bcdoOqxXUvT',
  string: 'sqvxXT',
  bool: 'tvT',
};

/**
 * Go's `printf`.
 * @throws Breaks where a verb doesn't take its value: Go then prints `%!d(float64=3)` in its place
 */
export function printf(format: string, values: GoValue[]): string {
  let used = 0;
  const written = format.replace(
    VERB,
    (all, flags: string, width: string, precision: string | undefined, verb: string) => {
      if (verb === '%') return '%';
      const value = values[used++];
      if (!value) throw new Breaks(`\`printf "${format}"\` wants more values than it gets`);
      if (TAKES[value.kind]?.includes(verb) === false)
        throw new Breaks(
          `\`printf "${format}"\` can't print ` +
            `${nameOf(value)}${value.kind === 'float' ? ' with a fraction' : ''} by ` +
            `\`${all}\`${instead(value, verb)}`,
        );
      return padded(formatted(value, verb, precision), flags, Number(width || 0));
    },
  );
  if (used < values.length)
    throw new Breaks(
      `\`printf "${format}"\` has no place for ` +
        `${values.length - used === 1 ? 'its last value' : `${values.length - used} of its values`}`,
    );
  return written;
}

function formatted(value: GoValue, verb: string, precision: string | undefined): string {
  const digits = precision === undefined ? undefined : Number(precision || 0);
  if (value.kind === 'float') {
    if (verb === 'f' || verb === 'F') return fixed(value.number, digits ?? 6);
    if (verb === 'g' || verb === 'G' || verb === 'v') return general(value.number, digits);
    if (verb === 'e' || verb === 'E') return exponential(value.number, digits ?? 6);
    return UNKNOWN;
  }
  if (value.kind === 'string' && verb === 'q') return JSON.stringify(value.text ?? UNKNOWN);
  const plain = print(value);
  return value.kind === 'string' && digits !== undefined ? plain.slice(0, digits) : plain;
}

function padded(written: string, flags: string, width: number): string {
  const room = Math.min(width, 1000);
  return flags.includes('-') ? written.padEnd(room) : written.padStart(room);
}

function instead(value: GoValue, verb: string): string {
  if (value.kind === 'float' && verb === 'd') return '; `%.0f` is meant';
  if (value.kind === 'string') return '; `%s` is meant';
  return '';
}
