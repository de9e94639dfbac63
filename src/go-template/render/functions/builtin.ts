import { print } from '../print.ts';
import { printf } from '../printf.ts';
import { ANY, Breaks, SOME_TEXT, bool, int, nameOf, text, truthOf } from '../values.ts';
import type { GoValue } from '../values.ts';
import type { GoFunction } from './signature.ts';

const BASIC = new Set<GoValue['kind']>(['float', 'int', 'string', 'bool']);

/** Go's own functions (text/template/funcs.go). */
export const BUILTIN: Readonly<Record<string, GoFunction>> = {
  and: {
    takes: ['any'],
    rest: 'any',
    call: (args) => args.find((a) => truthOf(a) === false) ?? args.at(-1) ?? ANY,
  },
  or: {
    takes: ['any'],
    rest: 'any',
    call: (args) => args.find((a) => truthOf(a) === true) ?? args.at(-1) ?? ANY,
  },
  not: { takes: ['any'], call: ([a]) => decided(a && truthOf(a), (is) => !is) },
  eq: {
    takes: ['any', 'any'],
    rest: 'any',
    call: ([a, ...others]) => any(others.map((b) => equal('eq', a, b))),
  },
  ne: { takes: ['any', 'any'], call: ([a, b]) => decided(equal('ne', a, b), (is) => !is) },
  lt: ordering('lt', (order) => order < 0),
  le: ordering('le', (order) => order <= 0),
  gt: ordering('gt', (order) => order > 0),
  ge: ordering('ge', (order) => order >= 0),
  len: { takes: ['any'], call: ([value]) => lengthOf(value ?? ANY) },
  index: {
    takes: ['any'],
    rest: 'any',
    call: ([value, ...keys]) => keys.reduce(elementOf, value ?? ANY),
  },
  slice: { takes: ['any'], rest: 'any', call: ([value]) => value ?? ANY },
  print: { takes: [], rest: 'any', call: (args) => text(args.map(print).join('')) },
  println: { takes: [], rest: 'any', call: (args) => text(`${args.map(print).join(' ')}\n`) },
  printf: {
    takes: ['string'],
    rest: 'any',
    call: ([format, ...values]) =>
      format?.kind === 'string' && format.text !== undefined
        ? text(printf(format.text, values))
        : SOME_TEXT,
  },
  call: { takes: ['any'], rest: 'any', call: () => ANY },
  html: { takes: [], rest: 'any', call: () => SOME_TEXT },
  js: { takes: [], rest: 'any', call: () => SOME_TEXT },
  urlquery: { takes: [], rest: 'any', call: () => SOME_TEXT },
};

function decided(value: boolean | undefined, result: (is: boolean) => boolean): GoValue {
  return value === undefined ? ANY : bool(result(value));
}

function any(equals: (boolean | undefined)[]): GoValue {
  if (equals.includes(true)) return bool(true);
  return equals.includes(undefined) ? ANY : bool(false);
}

function equal(name: string, a: GoValue | undefined, b: GoValue | undefined): boolean | undefined {
  if (!a || !b || [a, b].some(({ kind }) => kind === 'any' || kind === 'nil')) return undefined;
  mustCompare(name, a, b);
  return a.kind === 'string' &&
    b.kind === 'string' &&
    (a.text === undefined || b.text === undefined)
    ? undefined
    : scalar(a) === scalar(b);
}

function ordering(name: string, holds: (order: number) => boolean): GoFunction {
  return {
    takes: ['any', 'any'],
    call: ([a, b]) => {
      if (!a || !b || a.kind === 'any' || b.kind === 'any') return ANY;
      mustCompare(name, a, b);
      const [first, second] = [scalar(a), scalar(b)];
      if (first === undefined || second === undefined) return ANY;
      return bool(holds(first < second ? -1 : first > second ? 1 : first === second ? 0 : NaN));
    },
  };
}

function scalar(value: GoValue): number | string | boolean | undefined {
  if (value.kind === 'float' || value.kind === 'int') return value.number;
  if (value.kind === 'string') return value.text;
  return value.kind === 'bool' ? value.is : undefined;
}

/** Go compares nothing of different kinds, a number with a fraction and a whole one included. */
function mustCompare(name: string, a: GoValue, b: GoValue): void {
  if (a.kind === b.kind && BASIC.has(a.kind)) return;
  const whole = [a, b].find(({ kind }) => kind === 'int');
  const hint =
    whole?.kind === 'int' && [a, b].some(({ kind }) => kind === 'float')
      ? `: write \`${whole.number}.0\``
      : '';
  throw new Breaks(`\`${name}\` can't compare ${nameOf(a)} with ${nameOf(b)}${hint}`);
}

function lengthOf(value: GoValue): GoValue {
  switch (value.kind) {
    case 'string':
      return value.text === undefined ? ANY : int(Buffer.byteLength(value.text));
    case 'map':
      return value.complete ? int(value.entries.size) : ANY;
    case 'list':
      return int(value.items.length);
    case 'any':
      return ANY;
    case 'bool':
    case 'float':
    case 'int':
    case 'nil':
    case 'struct':
    case 'time':
      throw new Breaks(`\`len\` wants a text, a list or a map and gets ${nameOf(value)}`);
  }
}

function elementOf(value: GoValue, key: GoValue): GoValue {
  if (key.kind === 'any') return ANY;
  switch (value.kind) {
    case 'map':
      if (key.kind !== 'string')
        throw new Breaks(`the keys of a map are texts, and \`index\` gets ${nameOf(key)}`);
      return key.text === undefined ? ANY : (value.entries.get(key.text) ?? value.other);
    case 'list':
      if (key.kind !== 'int')
        throw new Breaks(
          `the places of a list are whole numbers, and \`index\` gets ${nameOf(key)}`,
        );
      return value.items[key.number] ?? ANY;
    case 'string':
      return ANY;
    case 'any':
      return ANY;
    case 'bool':
    case 'float':
    case 'int':
    case 'nil':
    case 'struct':
    case 'time':
      throw new Breaks(`\`index\` wants a list or a map and gets ${nameOf(value)}`);
  }
}
