import { UNKNOWN, exponential, fixed, general, print } from './print.ts';
import { Breaks, nameOf } from './values.ts';
import type { GoValue } from './values.ts';

/** Flags, width, precision, verb: `*` is a value in the place of a number, `[1]` says which. */
const VERB =
  /%([-+# 0]*)(?:(\[\d+\])?(\*)|(\d*))(?:\.(?:(\[\d+\])?(\*)|(\d*)))?(\[\d+\])?([a-zA-Z%])/g;
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
  const all = new Values(format, values);
  const written = format.replace(VERB, (directive: string, ...parts: (string | undefined)[]) => {
    const [flags = '', widthIndex, widthStar, width, precisionIndex, precisionStar] = parts;
    const [precision, index, verb = ''] = parts.slice(6);
    const room = widthStar ? all.number(widthIndex) : Number(width || 0);
    const digits = precisionStar
      ? all.number(precisionIndex)
      : precision === undefined
        ? undefined
        : Number(precision || 0);
    if (verb === '%') return '%';
    const value = all.next(index);
    if (TAKES[value.kind]?.includes(verb) === false)
      throw new Breaks(
        `\`printf "${format}"\` can't print ` +
          `${nameOf(value)}${value.kind === 'float' ? ' with a fraction' : ''} by ` +
          `\`${directive}\`${instead(value, verb)}`,
      );
    return padded(formatted(value, verb, digits), flags, room);
  });
  const left = all.left();
  if (left > 0)
    throw new Breaks(
      `\`printf "${format}"\` has no place for ` +
        `${left === 1 ? 'its last value' : `${left} of its values`}`,
    );
  return written;
}

/** The values of a `printf`, which take their places one after the other, or by number. */
class Values {
  private readonly format: string;
  private readonly values: GoValue[];
  private used = 0;
  private isReordered = false;

  constructor(format: string, values: GoValue[]) {
    this.format = format;
    this.values = values;
  }

  /** @param index `[2]`: from this one on */
  next(index: string | undefined): GoValue {
    if (index !== undefined) {
      this.isReordered = true;
      this.used = Number(index.slice(1, -1)) - 1;
    }
    const value = this.values[this.used++];
    if (!value) throw new Breaks(`\`printf "${this.format}"\` wants more values than it gets`);
    return value;
  }

  /** A width or precision; undefined when any will do. */
  number(index: string | undefined): number | undefined {
    const value = this.next(index);
    if (value.kind === 'int') return value.number;
    if (value.kind === 'any') return undefined;
    throw new Breaks(`\`printf "${this.format}"\` wants a whole number for its \`*\``);
  }

  /** How many have found no place; Go doesn't look where they stand in an order of their own. */
  left(): number {
    return this.isReordered ? 0 : Math.max(0, this.values.length - this.used);
  }
}

function formatted(value: GoValue, verb: string, digits: number | undefined): string {
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

function padded(written: string, flags: string, width = 0): string {
  const room = Math.min(Math.abs(width), 1000);
  return flags.includes('-') ? written.padEnd(room) : written.padStart(room);
}

function instead(value: GoValue, verb: string): string {
  if (value.kind === 'float' && verb === 'd') return '; `%.0f` is meant';
  if (value.kind === 'string') return '; `%s` is meant';
  return '';
}
